import { AsyncLocalStorage } from 'node:async_hooks'
import type { Header } from '../../notebook/wire/index.ts'

/** One execution of one cell. What its code prints, now or from a callback later, belongs to it. */
export interface Run {
  readonly parent: Header
  /** The number in the prompt. */
  readonly count: number
  readonly silent: boolean
  /** Set by an interrupt: nothing that its code still prints is shown, and its loops end at their next await. */
  muted: boolean
  /** Characters of text, and of other output, sent so far. */
  printed: number
  shown: number
  /** Rejections that nothing awaited. */
  readonly loose: unknown[]
}

const carried = new AsyncLocalStorage<Run>()

let latest: Run | undefined

/** Runs a cell's code; everything asynchronous that it starts stays part of its execution. */
export function within<T>(run: Run, work: () => T): T {
  latest = run
  return carried.run(run, work)
}

/** The execution to which the code now running belongs; code that lost its context counts for the latest. */
export function currentRun(): Run | undefined {
  return carried.getStore() ?? latest
}

/** Thrown into code of an interrupted execution where it goes on behind an await. */
export class Interruption extends Error {
  override readonly name = 'Interrupted'
}

/** Behind every await of a cell: what has been interrupted does not go on. */
export function alive<T>(value: T): T {
  if (currentRun()?.muted === true) throw new Interruption('the cell was interrupted')
  return value
}
