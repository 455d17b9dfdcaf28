import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CellCompiler, CompiledCell, FileProblem } from '../compiler/cell-compiler.ts'
import { renderProblem } from '../compiler/problem.ts'
import type { Problem } from '../compiler/problem.ts'
import type { Paths } from '../loader/path-mapping.ts'
import { Reloader } from '../loader/reloader.ts'
import { Resolver } from '../loader/resolver.ts'
import { Sources } from '../loader/sources.ts'
import { cellFunction } from './cell-script.ts'
import { toFailure } from './failure.ts'
import type { Failure } from './failure.ts'
import { cancelQueries, watchQueries } from './queries.ts'
import { alive, within } from './run.ts'
import type { Run } from './run.ts'
import { Scope } from './scope.ts'
import { cancelTimers } from './timers.ts'
import { nextTurn } from './turn.ts'

export type Outcome<T = unknown> =
  | { readonly status: 'ok'; readonly value: T }
  | { readonly status: 'error'; readonly failure: Failure }

interface Placed {
  readonly cell: CompiledCell
  readonly text: string
  readonly count: number
}

export interface SessionParts {
  readonly compiler: CellCompiler
  /** Does work that an interrupt must not stop half-way. */
  readonly guard: <T>(work: () => T) => T
  /** Where the notebook stands. */
  readonly folder: string
  readonly root: string
  readonly onTslab: (require: NodeJS.Require) => void
  /** Told what has been loaded anew, before the cell runs that saw it. */
  readonly onReloaded: (text: string, run: Run) => void
}

const INTERRUPTED: Failure = {
  ename: 'Interrupted',
  evalue: 'the cell was interrupted',
  traceback: ['Interrupted: the cell was interrupted'],
}

/** What lives between cells: their compiler, their names, and the one that runs now. */
export class Session {
  readonly compiler: CellCompiler
  readonly #parts: SessionParts
  readonly #scope = new Scope()
  readonly #placed = new Map<string, Placed>()
  readonly #require: NodeJS.Require
  readonly #resolver: Resolver
  readonly #sources: Sources
  readonly #reloader: Reloader
  #stop: ((outcome: { readonly status: 'error'; readonly failure: Failure }) => void) | undefined
  #runs = 0

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.compiler = parts.compiler
    const { folder, root, onTslab } = parts
    const paths = (): Paths => this.compiler.paths
    this.#resolver = new Resolver({ folder, root, paths, onTslab, onDuckDb: load => watchQueries(load() as object) })
    this.#sources = new Sources(root, paths)
    this.#reloader = new Reloader({ folder, root, paths, sources: this.#sources })
    this.#require = createRequire(path.join(parts.folder, 'cell.js'))
  }

  /** Checks a cell and, if nothing is wrong with it, runs it. Never rejects. */
  async execute(text: string, run: Run): Promise<Outcome> {
    try {
      this.#reloader.add(this.#sources.changed())
      const { pending } = this.#reloader
      const broken = pending.length === 0 ? [] : this.#parts.guard(() => this.compiler.recheck(pending))
      if (broken.length > 0) return { status: 'error', failure: fileFailure(broken, this.#parts.folder) }
      this.#sources.watch(text, this.#parts.folder)
      const compiled = this.#parts.guard(() => this.compiler.compile(text))
      if (!compiled.ok) return { status: 'error', failure: typeFailure(compiled.problems, text, run.count) }
      const unchecked = this.#sources.unchecked()
      const wrong = unchecked.length === 0 ? [] : this.#parts.guard(() => this.compiler.problemsIn(unchecked))
      if (wrong.length > 0) return { status: 'error', failure: fileFailure(wrong, this.#parts.folder) }
      this.#sources.checked(unchecked)
      const { cell } = compiled
      const reloaded = await this.turn(run, async () => this.#reloader.reload())
      if (reloaded.status === 'error') return reloaded
      if (reloaded.value !== undefined) this.#parts.onReloaded(reloaded.value, run)
      const file = path.join(this.#parts.folder, `clvlab-run-${++this.#runs}.ts`)
      this.#placed.set(file, { cell, text, count: run.count })
      const close = this.#scope.open(cell.names)
      const outcome = await this.turn(run, this.#starter(cell, file))
      const set = close()
      this.#parts.guard(() => cell.commit(name => set.has(name)))
      return outcome
    } catch (error) {
      return { status: 'error', failure: this.failure(error) }
    }
  }

  /** Ends the running cell; what it still does is not heard of again. */
  interrupt(run: Run): void {
    run.muted = true
    cancelTimers(run)
    cancelQueries(run)
    this.#stop?.({ status: 'error', failure: INTERRUPTED })
  }

  /** Ends the running turn, which waits for what will not come. */
  fail(error: unknown): void {
    this.#stop?.({ status: 'error', failure: this.failure(error) })
  }

  failure(thrown: unknown): Failure {
    return toFailure(thrown, (file, line, column) => this.#locate(file, line, column))
  }

  /**
   * Lets code that is not the kernel's run, until it is done or interrupted. It starts in a turn of its own: where an interrupt stops it in
   * the middle of a loop, the engine unwinds all that is on the stack, and nothing of the kernel may be there.
   */
  turn<T>(run: Run, work: () => T | Promise<T>): Promise<Outcome<T>> {
    return new Promise(resolve => {
      const stop = (outcome: Outcome<T>): void => {
        this.#stop = undefined
        resolve(outcome)
      }
      this.#stop = stop
      nextTurn(() => {
        within(run, async () => work()).then(
          value => stop({ status: 'ok', value }),
          (error: unknown) => stop({ status: 'error', failure: this.failure(error) }),
        )
      })
    })
  }

  #starter(cell: CompiledCell, file: string): () => Promise<unknown> {
    const start = cellFunction(cell, file)
    const meta = { url: pathToFileURL(file).href, filename: file, dirname: this.#parts.folder }
    const resolver = Object.assign((specifier: unknown) => this.#resolver.resolve(specifier), {
      bind: (name: string, get: () => unknown) => this.#scope.bind(name, get),
      keep: this.#reloader.keep.bind(this.#reloader),
      alive,
    })
    return async () => start.call(undefined, this.#scope.names, resolver, meta, this.#require, file, this.#parts.folder)
  }

  #locate(file: string, line: number, column: number): { name: string; line: number; column: number } | undefined {
    const placed = this.#placed.get(file)
    if (placed === undefined) return undefined
    const lines = placed.cell.body.split('\n')
    const offset = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + Math.max(0, column - 1)
    const before = placed.text.slice(0, placed.cell.original(offset)).split('\n')
    return { name: `Cell [${placed.count}]`, line: before.length, column: (before.at(-1) ?? '').length + 1 }
  }
}

function typeFailure(problems: readonly Problem[], text: string, count: number): Failure {
  return {
    ename: 'TypeScriptError',
    evalue: headline(problems),
    traceback: [...problems.map(problem => renderProblem(problem, text, `Cell [${count}]`)), ...hintsOfChecks(text)],
  }
}

const CHECK = /^\s*check\(\s*(['"`])(?<what>(?:\\.|(?!\1).)*)\1,[^]*?,\s*(['"`])(?<hint>(?:\\.|(?!\3).)*)\3,?\s*\);?\s*$/gm

/** What a learner would be told by the checks of a cell, could it run: an answer that does not compile is not there yet. */
function hintsOfChecks(text: string): string[] {
  return [...text.matchAll(CHECK)].map(({ groups }) => `not yet: ${groups?.['what']}\n  hint: ${groups?.['hint']}`)
}

function fileFailure(broken: readonly FileProblem[], folder: string): Failure {
  const traceback = broken.map(({ file, text, problem }) => renderProblem(problem, text, path.relative(folder, file)))
  return { ename: 'TypeScriptError', evalue: headline(broken.map(({ problem }) => problem)), traceback }
}

function headline(problems: readonly Problem[]): string {
  const [first] = problems
  return first === undefined
    ? ''
    : `TS${first.code}: ${first.message.split('\n')[0]}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`
}
