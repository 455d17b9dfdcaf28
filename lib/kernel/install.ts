import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { KernelError } from '../errors/index.ts'
import { KERNEL_FLAGS } from '../notebook/client/index.ts'
import { ROOT } from './root.ts'

export interface InstallTarget {
  /** `user`: for this user; `prefix`: below `PREFIX/share/jupyter`. */
  readonly kind: 'user' | 'prefix'
  readonly prefix?: string
}

const NAME = 'clvlab'

/** Makes the kernel known to Jupyter; gives the folder that was written. Doing it again replaces it. */
export async function installKernel(target: InstallTarget): Promise<string> {
  const folder = kernelFolder(target)
  const spec = {
    argv: [process.execPath, ...KERNEL_FLAGS, path.join(ROOT, 'bin/kernel.js'), '--connection-file', '{connection_file}'],
    display_name: 'TypeScript (clvlab)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  }
  await fs.mkdir(folder, { recursive: true })
  const file = path.join(folder, 'kernel.json')
  await fs.writeFile(`${file}.partial`, `${JSON.stringify(spec, null, 2)}\n`)
  await fs.rename(`${file}.partial`, file)
  return folder
}

/** Takes the kernel away again; false where it was not installed. */
export async function uninstallKernel(target: InstallTarget): Promise<boolean> {
  const folder = kernelFolder(target)
  try {
    await fs.rm(folder, { recursive: true })
    return true
  } catch {
    return false
  }
}

function kernelFolder(target: InstallTarget): string {
  if (target.kind === 'prefix') {
    if (target.prefix === undefined || target.prefix === '') {
      throw new KernelError({
        code: 'no-prefix',
        what: 'there is no Python environment to install into',
        remedy: 'activate one, or give --prefix DIR, or --user',
      })
    }
    return path.join(target.prefix, 'share/jupyter/kernels', NAME)
  }
  return path.join(userData(), 'kernels', NAME)
}

/** Jupyter's data folder of this user (jupyter_core's `jupyter_data_dir`). */
function userData(): string {
  const given = process.env['JUPYTER_DATA_DIR']
  if (given !== undefined && given !== '') return given
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Jupyter')
  if (process.platform === 'win32') return path.join(process.env['APPDATA'] ?? os.homedir(), 'jupyter')
  return path.join(process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local/share'), 'jupyter')
}
