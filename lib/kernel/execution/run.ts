import { AsyncLocalStorage } from 'node:async_hooks'
import type { Header } from '../../notebook/wire/index.ts'

/** One execution of one cell. What its code prints, now or from a timer later, belongs to it. */
export interface Run {
  readonly parent: Header
  /** The number in the prompt. */
  readonly count: number
  readonly silent: boolean
  /** Set by an interrupt: nothing that its code still prints is shown. */
  muted: boolean
  /** Characters of stream output sent so far. */
  printed: number
  /** Rejections that nothing awaited. */
  readonly loose: unknown[]
}

const runs = new AsyncLocalStorage<Run>()
let latest: Run | undefined

/** Runs code as part of an execution; everything asynchronous that it starts stays part of it. */
export function within<T>(run: Run, work: () => T): T {
  latest = run
  return runs.run(run, work)
}

/** The execution to which the code now running belongs; code that lost its context counts for the latest. */
export function currentRun(): Run | undefined {
  return runs.getStore() ?? latest
}
