import { AsyncLocalStorage } from 'node:async_hooks'
import type { Header } from '../../notebook/wire/index.ts'
import { native } from './native-timers.ts'

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

/**
 * Node 24 carries asynchronous context by itself, Node 22 when a flag says so. Before that it does so by hooks on every
 * promise, under which Node aborts when a busy loop is stopped; there, timers carry the execution that set them, and
 * everything else counts for the latest.
 */
const carried =
  Number(process.versions.node.split('.')[0]) >= 24 || process.execArgv.includes('--experimental-async-context-frame')
    ? new AsyncLocalStorage<Run>()
    : undefined

let latest: Run | undefined
let timed: Run | undefined

/** Runs a cell's code; everything asynchronous that it starts stays part of its execution. */
export function within<T>(run: Run, work: () => T): T {
  latest = run
  timed = undefined
  return carried === undefined ? work() : carried.run(run, work)
}

/** Runs a timer's callback, and the promises that it settles, as part of the execution that set it. */
export function withinTimer(run: Run, work: () => void): void {
  if (carried !== undefined) return work()
  timed = run
  native.setImmediate(() => {
    timed = undefined
  })
  work()
}

/** The execution to which the code now running belongs; code that lost its context counts for the latest. */
export function currentRun(): Run | undefined {
  return carried?.getStore() ?? timed ?? latest
}
