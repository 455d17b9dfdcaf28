import { availableParallelism } from 'node:os'
import { EngineError } from '../../../errors/index.ts'
import { workOf } from '../../program/blocks.ts'
import type { Program } from '../../program/program.ts'

/** Floating-point operations of a step below which one thread more costs more than it saves. */
const WORTH = 4e6

/**
 * How many threads share each step of a training. Unless asked for: as many as the step has work for, up to one a core, or to what the environment
 * says in CLVLAB_THREADS. Results do not depend on it. Errors: `EngineError` for what is no number of threads.
 */
export function threadsFor(program: Program, asked?: number): number {
  requireThreads(asked)
  if (program.training === undefined) return 1
  return asked ?? Math.max(1, Math.min(limit(), Math.floor(workOf(program) / WORTH)))
}

/** How many threads share the batches of a run, which only what trains nothing has many of. */
export function runThreadsFor(program: Program, asked?: number): number {
  requireThreads(asked)
  return program.training === undefined ? (asked ?? limit()) : 1
}

function requireThreads(asked: number | undefined): void {
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 1))
    throw new EngineError({ code: 'bad-threads', what: `${asked} threads`, remedy: 'give a whole number of at least 1' })
}

function limit(): number {
  const said = Number(process.env['CLVLAB_THREADS'])
  return Number.isInteger(said) && said >= 1 ? said : availableParallelism()
}
