import fs from 'node:fs/promises'
import path from 'node:path'
import { NotebookError } from '../../errors/index.ts'
import { KernelClient, startKernelProcess } from '../client/index.ts'
import type { KernelProcess } from '../client/index.ts'
import type { CodeCell, Metadata, Notebook } from '../document/notebook.ts'
import { parseNotebook } from '../document/parse.ts'
import { writeNotebook } from '../document/write.ts'
import { resumption, runMark } from '../resume/resume.ts'
import type { Resumption } from '../resume/resume.ts'
import { injectParameters } from '../parameters/inject.ts'
import type { ParameterValues } from '../parameters/inject.ts'
import { textOf } from '../wire/index.ts'
import { aborted, died, runCell } from './cell-run.ts'
import { OutputCollector } from './outputs.ts'
import type { CellResult, RunProgress, RunResult } from './result.ts'

export interface RunOptions {
  /** The notebook's file. */
  readonly notebook: string
  /** Where the executed notebook goes; may be the notebook itself. */
  readonly out: string
  readonly parameters?: ParameterValues
  /** For each cell, and for the whole run, in milliseconds. */
  readonly cellTimeout?: number
  readonly timeout?: number
  /** What a failed cell means for those behind it. */
  readonly onError?: 'stop' | 'continue'
  /**
   * Goes on where the run that wrote `out` stopped, or where the notebook, its parameters, its data or the code that it imports have changed
   * since: cells before that keep their outputs, and of them only those run that later ones need.
   */
  readonly resume?: boolean
  readonly onProgress?: (progress: RunProgress) => void
  readonly signal?: AbortSignal
  /** What the executed notebook is to keep of the whole run, under `clvlab.run` of its metadata, by its duration in milliseconds; nothing unless given. */
  readonly record?: (duration: number) => Readonly<Record<string, unknown>>
  /** The kernel's environment, on top of this process's. */
  readonly env?: Readonly<Record<string, string>>
  /** The kernel's working folder; the notebook's own by default. */
  readonly cwd?: string
  /** Program and arguments of another kernel; `{connection_file}` stands for the file. */
  readonly command?: readonly string[]
}

const START_TIMEOUT = 60_000
const SAVE_EVERY = 1000
/** How long is waited, behind the last cell, for what cells have started and not awaited, in milliseconds. */
const SETTLE = 10_000

/**
 * Runs a notebook from its first cell to its last in a kernel of its own. Whatever happens, what was run so far is
 * written to `out`; a run that failed says so in the notebook's metadata, under `clvlab`.
 *
 * @throws NotebookError before anything is started: unknown or wrong parameters, no file
 * @throws FormatError where the file is no notebook
 */
export async function runNotebook(options: RunOptions): Promise<RunResult> {
  const started = performance.now()
  const read = await readNotebook(options.notebook)
  if (options.command === undefined) requireTypeScript(read, options.notebook)
  const notebook = cleared(injectParameters(read, options.parameters ?? {}))
  const run = new Run(notebook, options, started)
  if (options.resume === true) await run.takeUp()
  return run.whole()
}

export async function readNotebook(file: string): Promise<Notebook> {
  let text: string
  try {
    text = await fs.readFile(file, 'utf8')
  } catch (cause) {
    throw new NotebookError({
      code: 'no-notebook',
      what: 'the notebook cannot be read',
      where: file,
      remedy: 'check the path',
      cause,
    })
  }
  return parseNotebook(text, file)
}

/** @throws NotebookError `other-language`: its cells are not run, its outputs stay */
export function requireTypeScript({ metadata }: Notebook, where: string): void {
  const { kernelspec, language_info: info } = metadata as { kernelspec?: Metadata; language_info?: Metadata }
  const language = textOf(kernelspec?.['language'] ?? info?.['name'] ?? kernelspec?.['name'])
  if (language === '' || /typescript|javascript|clvlab|tslab|deno|^jslab$/i.test(language)) return
  throw new NotebookError({
    code: 'other-language',
    what: `the notebook is written in ${language}, and its cells are no TypeScript`,
    where,
    remedy: 'run it with its own kernel, or change its kernelspec to "clvlab"',
  })
}

class Run {
  readonly #notebook: Notebook
  readonly #options: RunOptions
  readonly #started: number
  readonly #collectors = new Map<string, OutputCollector>()
  readonly #counts = new Map<string, number>()
  readonly #results = new Map<string, CellResult>()
  #resumed: Resumption = { kept: new Map(), keys: new Map() }
  #savedAt = 0
  #pending = 0

  constructor(notebook: Notebook, options: RunOptions, started: number) {
    this.#notebook = notebook
    this.#options = options
    this.#started = started
  }

  /** Finds out what an earlier run has left to keep. */
  async takeUp(): Promise<void> {
    const { out, env, command, onError } = this.#options
    this.#resumed = await resumption(this.#codeCells(), out, { folder: this.#folder(), setting: { env, command, onError } })
  }

  async whole(): Promise<RunResult> {
    const { env, command } = this.#options
    if (this.#resumed.kept.size > 0 && this.#codeCells().every(({ id }) => this.#resumed.kept.has(id))) return this.#end('ok')
    const kernel = await startKernelProcess({
      cwd: this.#folder(),
      ...(env === undefined ? {} : { env }),
      ...(command === undefined ? {} : { command }),
    })
    const client = new KernelClient(kernel.connection)
    try {
      const start = await Promise.race([client.ready(), died(kernel), delay(START_TIMEOUT)])
      if (start === 'dead' || start === undefined) return await this.#end('dead', `the kernel did not start${said(kernel)}`)
      const ended = await this.#cells(client, kernel)
      if (ended.status !== 'dead')
        await Promise.race([client.request('control', 'shutdown_request', { restart: false }).reply, delay(1000)])
      return await this.#end(ended.status, ended.reason)
    } finally {
      client.close()
      await kernel.dispose()
    }
  }

  async #cells(client: KernelClient, kernel: KernelProcess): Promise<{ status: RunResult['status']; reason?: string }> {
    const cells = this.#codeCells()
    let failed: { status: RunResult['status']; reason: string } | undefined
    for (const [i, cell] of cells.entries()) {
      if (this.#resumed.kept.has(cell.id)) {
        await this.#pass(client, kernel)
        continue
      }
      const left = (this.#options.timeout ?? Infinity) - (performance.now() - this.#started)
      const limit = Math.min(this.#options.cellTimeout ?? Infinity, left)
      const began = performance.now()
      const progress = (state: 'start' | 'end'): void =>
        this.#options.onProgress?.({
          cell: i + 1,
          of: cells.length,
          id: cell.id,
          title: titleOf(cell),
          state,
          duration: performance.now() - began,
        })
      progress('start')
      const collector = new OutputCollector()
      this.#collectors.set(cell.id, collector)
      const {
        status,
        count,
        error,
        answered = true,
      } = await runCell({
        client,
        kernel,
        code: cell.source,
        timeout: Math.max(0, limit),
        signal: this.#options.signal,
        onOutput: message => {
          if (message.header.msg_type === 'update_display_data') this.#collectors.forEach(other => other.update(message))
          else collector.take(message)
          if (message.header.msg_type === 'error') this.#failedLate(cell, message.content)
        },
      })
      if (count !== null) this.#counts.set(cell.id, count)
      const known = this.#results.get(cell.id)
      const result: CellResult = {
        index: this.#notebook.cells.indexOf(cell),
        id: cell.id,
        status: status === 'ok' ? (known?.status ?? 'ok') : status === 'timeout' ? 'timeout' : 'error',
        duration: performance.now() - began,
        ...(error === undefined ? (known?.error === undefined ? {} : { error: known.error }) : { error }),
      }
      this.#results.set(cell.id, result)
      progress('end')
      if (status === 'dead') return { status, reason: `the kernel died in cell ${i + 1}${said(kernel)}` }
      if (status === 'interrupted') return { status, reason: `interrupted in cell ${i + 1}` }
      if (status === 'timeout') {
        const whole = left <= (this.#options.cellTimeout ?? Infinity)
        const late = whole
          ? `the run took longer than ${seconds(this.#options.timeout)} s, in cell ${i + 1}`
          : `cell ${i + 1} took longer than ${seconds(this.#options.cellTimeout)} s`
        if (whole || !answered) return failed ?? { status, reason: late }
        failed ??= { status, reason: late }
      }
      if (status === 'error')
        failed ??= { status: 'error', reason: `cell ${i + 1}: ${error?.ename}: ${error?.evalue.split('\n')[0]}` }
      if (failed !== undefined && this.#options.onError !== 'continue') return failed
      if (performance.now() - this.#savedAt > SAVE_EVERY) await this.#save({ status: 'running' })
    }
    if (this.#options.command === undefined) await this.#settle(client, kernel)
    const late = [...this.#results.values()].find(({ status }) => status === 'error')
    return (
      failed ??
      (late === undefined
        ? { status: 'ok' }
        : { status: 'error', reason: `${late.error?.ename}: ${late.error?.evalue} (after its cell had ended)` })
    )
  }

  /** What fails late fails its cell, and the run: so it is waited for. */
  async #settle(client: KernelClient, kernel: KernelProcess): Promise<void> {
    const left = (this.#options.timeout ?? Infinity) - (performance.now() - this.#started)
    const timeout = Math.max(0, Math.min(SETTLE, left))
    const { reply } = client.request('shell', 'settle_request', { timeout })
    const answer = await Promise.race([reply, died(kernel), aborted(this.#options.signal), delay(timeout + 1000)])
    this.#pending = typeof answer === 'object' ? Number(answer.content['pending']) : 0
    await delay(50)
  }

  /** A cell that is kept runs as an empty one, so that those behind it have the numbers that they would have. */
  async #pass(client: KernelClient, kernel: KernelProcess): Promise<void> {
    await runCell({ client, kernel, code: '', timeout: Infinity, signal: this.#options.signal, onOutput: () => undefined })
  }

  /** An error that is published counts against its cell, also when the cell's own reply was good. */
  #failedLate(cell: CodeCell, content: Readonly<Record<string, unknown>>): void {
    const traceback = Array.isArray(content['traceback']) ? content['traceback'].map(String) : []
    const before = this.#results.get(cell.id)
    this.#results.set(cell.id, {
      index: this.#notebook.cells.indexOf(cell),
      id: cell.id,
      duration: before?.duration ?? 0,
      status: 'error',
      error: { ename: String(content['ename']), evalue: String(content['evalue']), traceback },
    })
  }

  async #end(status: RunResult['status'], reason?: string): Promise<RunResult> {
    const run = this.#options.record?.(performance.now() - this.#started)
    await this.#save({
      ...(status === 'ok' ? {} : { status: 'failed', ...(reason === undefined ? {} : { reason }) }),
      ...(run === undefined ? {} : { run }),
    })
    const skipped = (cell: CodeCell): CellResult => ({
      index: this.#notebook.cells.indexOf(cell),
      id: cell.id,
      status: this.#resumed.kept.has(cell.id) ? 'kept' : 'skipped',
      duration: 0,
    })
    return {
      status,
      ...(reason === undefined ? {} : { reason }),
      out: this.#options.out,
      cells: this.#codeCells().map(cell => this.#results.get(cell.id) ?? skipped(cell)),
      duration: performance.now() - this.#started,
      ...(this.#pending === 0 ? {} : { pending: this.#pending }),
    }
  }

  async #save(mark: Readonly<Record<string, unknown>>): Promise<void> {
    this.#savedAt = performance.now()
    const cells = this.#notebook.cells.map(cell => (cell.cell_type === 'code' ? this.#stored(cell) : cell))
    const { clvlab: _, ...metadata } = this.#notebook.metadata
    const kernel = {
      kernelspec: { display_name: 'TypeScript (clvlab)', language: 'typescript', name: 'clvlab' },
      language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
    }
    await writeNotebook(this.#options.out, {
      ...this.#notebook,
      cells,
      metadata: { ...metadata, ...kernel, ...(Object.keys(mark).length === 0 ? {} : { clvlab: mark }) },
    })
  }

  #stored(cell: CodeCell): CodeCell {
    const kept = this.#resumed.kept.get(cell.id)
    const outputs = kept?.outputs ?? this.#collectors.get(cell.id)?.outputs() ?? []
    const key = this.#resumed.keys.get(cell.id)
    const isDone = kept !== undefined || this.#results.get(cell.id)?.status === 'ok'
    return {
      ...cell,
      execution_count: kept?.execution_count ?? this.#counts.get(cell.id) ?? null,
      outputs,
      metadata: key !== undefined && isDone ? { ...cell.metadata, clvlab: runMark(key, outputs) } : cell.metadata,
    }
  }

  #folder(): string {
    return path.resolve(this.#options.cwd ?? path.dirname(this.#options.notebook))
  }

  #codeCells(): CodeCell[] {
    return this.#notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === 'code' && cell.source.trim() !== '')
  }
}

function cleared(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map(cell => {
      if (cell.cell_type !== 'code') return cell
      const { clvlab: _, ...metadata } = cell.metadata
      return { ...cell, metadata, execution_count: null, outputs: [] }
    }),
  }
}

const seconds = (time = 0): number => Number((time / 1000).toPrecision(3))

function titleOf(cell: CodeCell): string {
  return (
    cell.source
      .split('\n')
      .find(line => line.trim() !== '')
      ?.trim() ?? ''
  )
}

function said(kernel: KernelProcess): string {
  const log = kernel.log().trim()
  return log === '' ? '' : `: ${log.split('\n').slice(-3).join(' ')}`
}

async function delay(time: number): Promise<undefined> {
  return new Promise(resolve => setTimeout(() => resolve(undefined), time).unref())
}
