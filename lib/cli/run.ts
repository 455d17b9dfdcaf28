import { parseArgs } from 'node:util'
import { UsageError } from '../errors/index.ts'
import { readNotebook, readParameters, runNotebook } from '../notebook/index.ts'
import type { RunProgress, RunResult } from '../notebook/index.ts'
import { INTERRUPTED, woundDown } from './interrupt.ts'
import type { Io } from './io.ts'

const HELP = `clvlab run NOTEBOOK [options]

  -p, --param NAME=VALUE   a parameter of the notebook, checked against its type; may be repeated
  -o, --out FILE           where the executed notebook goes (default: over the notebook itself)
      --timeout SECONDS    for the whole run
      --cell-timeout SECONDS
      --continue           run the cells behind a failed one
      --json               print the result as JSON

Ends with 0 when every cell ran without an error, with 1 otherwise; what was run is written in either case.
`

/** `clvlab run`: runs a notebook from top to bottom. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parse(argv)
  if (values.help === true) {
    io.stdout(HELP)
    return 0
  }
  const [notebook, ...more] = positionals
  if (notebook === undefined || more.length > 0) throw usage(notebook === undefined ? 'say which notebook to run' : 'run one notebook at a time')
  const parameters = readParameters(await readNotebook(notebook), (values.param ?? []).map(pair))
  const { result, stopped } = await woundDown(async signal => ({
    result: await runNotebook({
      notebook,
      out: values.out ?? notebook,
      parameters,
      onError: values.continue === true ? 'continue' : 'stop',
      signal,
      ...(values.timeout === undefined ? {} : { timeout: seconds(values.timeout) }),
      ...(values['cell-timeout'] === undefined ? {} : { cellTimeout: seconds(values['cell-timeout']) }),
      onProgress: progress => values.json !== true && report(progress, io),
    }),
    stopped: signal.aborted,
  }))
  if (values.json === true) io.stdout(`${JSON.stringify(result, null, 2)}\n`)
  if (stopped) {
    io.stderr(`clvlab: stopped by Ctrl-C; what ran so far is in ${result.out}\n`)
    return INTERRUPTED
  }
  if (values.json !== true) io.stdout(summary(result))
  return result.status === 'ok' ? 0 : 1
}

function report({ cell, of, title, state, duration }: RunProgress, io: Io): void {
  if (state === 'start') return
  io.stderr(`  [${cell}/${of}] ${(duration / 1000).toFixed(2)} s  ${title.slice(0, 80)}\n`)
}

function summary({ status, reason, out, cells, duration }: RunResult): string {
  const ran = cells.filter(cell => cell.status !== 'skipped').length
  const failed = cells.filter(cell => cell.status === 'error' || cell.status === 'timeout')
  const tracebacks = failed.flatMap(cell => cell.error?.traceback ?? []).map(line => `  ${line.replaceAll('\n', '\n  ')}`)
  return [...tracebacks, `${status === 'ok' ? 'ok' : `failed: ${reason ?? status}`}; ${ran} of ${cells.length} cells in ${(duration / 1000).toFixed(1)} s; written to ${out}`, ''].join('\n')
}

function pair(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw usage(`"${text}" is not NAME=VALUE`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function seconds(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw usage(`"${text}" is no number of seconds`)
  return value * 1000
}

const OPTIONS = {
  param: { type: 'string', short: 'p', multiple: true },
  out: { type: 'string', short: 'o' },
  timeout: { type: 'string' },
  'cell-timeout': { type: 'string' },
  continue: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (cause) {
    throw usage((cause as Error).message, cause)
  }
}

function usage(what: string, cause?: unknown): UsageError {
  return new UsageError({ code: 'run-usage', what, remedy: '`clvlab run --help` tells how', cause })
}
