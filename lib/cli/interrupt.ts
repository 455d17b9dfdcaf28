import type { Io } from './io.ts'

/** What a shell calls a command that Ctrl-C ended: 128 + SIGINT. */
export const INTERRUPTED = 130

/** While the work runs, Ctrl-C ends the process at once, with one line. What is removed at the process's exit still is, so that nothing half-written stays. */
export async function endedByInterrupt<T>(io: Io, work: () => Promise<T>): Promise<T> {
  const end = (): void => {
    io.stderr(`${io.isTTY ? '\n' : ''}clvlab: stopped by Ctrl-C; nothing half-written is left\n`)
    process.exit(INTERRUPTED)
  }
  process.once('SIGINT', end)
  try {
    return await work()
  } finally {
    process.off('SIGINT', end)
  }
}

/** While the work runs, the first Ctrl-C aborts its signal, so that it can put away what it has; a second one ends the process at once. */
export async function woundDown<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    controller.abort()
  }
  process.on('SIGINT', stop)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', stop)
  }
}
