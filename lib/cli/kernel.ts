import { parseArgs } from 'node:util'
import { UsageError } from '../errors/index.ts'
import { installKernel, uninstallKernel } from '../kernel/index.ts'
import type { InstallTarget } from '../kernel/index.ts'
import type { Io } from './io.ts'

const HELP = `clvlab kernel install [--user | --sys-prefix | --prefix DIR]   make the kernel known to Jupyter
clvlab kernel uninstall [--user | --sys-prefix | --prefix DIR] take it away again
clvlab kernel --connection-file FILE                           serve a front end (Jupyter calls this)

--sys-prefix installs into the active Python environment; the default is --user.
`

/** `clvlab kernel`: installs the Jupyter kernel, or is it. */
export async function kernel(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parse(argv)
  if (values.help === true) {
    io.stdout(HELP)
    return 0
  }
  if (values['connection-file'] !== undefined) {
    const { serveKernel } = await import('../kernel/index.ts')
    return serveKernel(values['connection-file'])
  }
  const target = targetOf(values)
  switch (positionals[0]) {
    case 'install':
      io.stdout(`installed the kernel "clvlab" in ${await installKernel(target)}\n`)
      return 0
    case 'uninstall': {
      const gone = await uninstallKernel(target)
      io.stdout(gone ? 'removed the kernel "clvlab"\n' : 'the kernel "clvlab" was not installed there\n')
      return gone ? 0 : 1
    }
    default:
      throw new UsageError({
        code: 'kernel-usage',
        what: 'say what to do with the kernel',
        remedy: '`clvlab kernel install`; `clvlab kernel --help` tells more',
      })
  }
}

const OPTIONS = {
  'connection-file': { type: 'string' },
  user: { type: 'boolean' },
  'sys-prefix': { type: 'boolean' },
  prefix: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (cause) {
    throw new UsageError({
      code: 'kernel-usage',
      what: (cause as Error).message,
      remedy: '`clvlab kernel --help` tells the options',
      cause,
    })
  }
}

function targetOf(values: { readonly 'sys-prefix'?: boolean | undefined; readonly prefix?: string | undefined }): InstallTarget {
  if (values.prefix !== undefined) return { kind: 'prefix', prefix: values.prefix }
  if (values['sys-prefix'] === true)
    return { kind: 'prefix', prefix: process.env['VIRTUAL_ENV'] ?? process.env['CONDA_PREFIX'] ?? '' }
  return { kind: 'user' }
}
