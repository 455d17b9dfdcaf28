import path from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '../errors/index.ts'
import { readNotebook, readParameters, requireTypeScript, runNotebook } from '../notebook/index.ts'
import type { RunProgress, RunResult } from '../notebook/index.ts'
import { INTERRUPTED, woundDown } from './interrupt.ts'
import type { Io } from './io.ts'
import { runFacts } from './provenance.ts'
import { requireNotebook } from './require-notebook.ts'
import { requireWritable } from './require-writable.ts'

const HELP = `clvlab run NOTEBOOK… [options]

Several notebooks run side by side, each in a kernel of its own.

  -p, --param NAME=VALUE   a parameter of the notebook, checked against its type; may be repeated
  -o, --out FILE           where the executed notebook goes (default: over the notebook itself)
  -j, --jobs N             notebooks that run at once (default: 2)
      --timeout SECONDS    for the whole run of a notebook
      --cell-timeout SECONDS
      --continue           run the cells behind a failed one
      --resume             keep the outputs of cells that are as an earlier --resume has run them, with all that is above them,
                           their parameters, data and imports; run from the first changed cell on, and what it needs
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
  if (positionals.length === 0) throw usage('say which notebook to run')
  if (positionals.length > 1 && values.out !== undefined) throw usage('--out names one file, and there are several notebooks')
  if (new Set(positionals.map(file => path.resolve(file))).size < positionals.length) throw usage('a notebook is named twice')
  const pairs = (values.param ?? []).map(pair)
  if (values.out !== undefined) requireNotebook(values.out)
  for (const out of values.out === undefined ? positionals : [values.out]) requireWritable(out, [])
  const jobs = await Promise.all(
    positionals.map(async notebook => {
      const read = await readNotebook(notebook)
      requireTypeScript(read, notebook)
      return { notebook, parameters: readParameters(read, pairs) }
    }),
  )
  const limits = {
    ...(values.timeout === undefined ? {} : { timeout: seconds(values.timeout) }),
    ...(values['cell-timeout'] === undefined ? {} : { cellTimeout: seconds(values['cell-timeout']) }),
  }
  const several = jobs.length > 1
  const { results, stopped } = await woundDown(async signal => {
    const all = await sideBySide(jobs, count(values.jobs ?? '2'), async ({ notebook, parameters }) => {
      if (signal.aborted) return undefined
      const result = await runNotebook({
        notebook,
        out: values.out ?? notebook,
        parameters,
        onError: values.continue === true ? 'continue' : 'stop',
        signal,
        // over itself, a notebook runs to the same bytes every time: what differs is kept in a copy only
        ...(values.out === undefined || path.resolve(values.out) === path.resolve(notebook) ? {} : { record: runFacts }),
        resume: values.resume === true,
        ...limits,
        onProgress: progress => values.json !== true && report(progress, several ? `${path.basename(notebook)} ` : '', io),
      })
      if (values.json !== true && !signal.aborted) io.stdout(summary(result))
      return result
    })
    return {
      results: all.filter(result => result !== undefined),
      stopped: signal.aborted ? (signal.reason as number) : undefined,
    }
  }, 'wind-down')
  if (values.json === true) io.stdout(`${JSON.stringify(several ? results : results[0], null, 2)}\n`)
  if (stopped !== undefined) {
    io.stderr(
      `clvlab: stopped${stopped === INTERRUPTED ? ' by Ctrl-C' : ''}; what ran so far is in ${results.map(({ out }) => out).join(', ')}\n`,
    )
    return stopped
  }
  return results.every(({ status }) => status === 'ok') ? 0 : 1
}

/** The results in the order of the jobs, of which so many are under way at once. */
async function sideBySide<J, R>(jobs: readonly J[], width: number, work: (job: J) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = [...jobs.entries()]
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await work(next[1])
  }
  await Promise.all(Array.from({ length: Math.min(width, jobs.length) }, lane))
  return results
}

function report({ cell, of, title, state, duration }: RunProgress, name: string, io: Io): void {
  if (state === 'start') return
  io.stderr(`  ${name}[${cell}/${of}] ${(duration / 1000).toFixed(2)} s  ${title.slice(0, 80)}\n`)
}

function summary({ status, reason, out, cells, duration, pending = 0 }: RunResult): string {
  const ran = cells.filter(cell => cell.status !== 'skipped' && cell.status !== 'kept').length
  const kept = cells.filter(cell => cell.status === 'kept').length
  const failed = cells.filter(cell => cell.status === 'error' || cell.status === 'timeout')
  const tracebacks = failed.flatMap(cell => cell.error?.traceback ?? []).map(line => `  ${line.replaceAll('\n', '\n  ')}`)
  return [
    ...tracebacks,
    `${status === 'ok' ? 'ok' : `failed: ${reason ?? status}`}; ${ran} of ${cells.length} cells${kept === 0 ? '' : ` run, ${kept} kept,`} in ${(duration / 1000).toFixed(1)} s; written to ${out}`,
    ...(pending === 0
      ? []
      : [`not waited for: ${pending} timers, reads or processes that cells left behind; did they fail, it is not known`]),
    '',
  ].join('\n')
}

function pair(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw usage(`"${text}" is not NAME=VALUE`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw usage(`"${text}" is no number of notebooks`)
  return Number(text)
}

function seconds(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw usage(`"${text}" is no number of seconds`)
  return value * 1000
}

const OPTIONS = {
  param: { type: 'string', short: 'p', multiple: true },
  out: { type: 'string', short: 'o' },
  jobs: { type: 'string', short: 'j' },
  timeout: { type: 'string' },
  'cell-timeout': { type: 'string' },
  continue: { type: 'boolean' },
  resume: { type: 'boolean' },
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
