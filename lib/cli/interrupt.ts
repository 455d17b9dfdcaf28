import type { Io } from './io.ts'

/** What a shell calls a command that Ctrl-C ended: 128 + SIGINT. */
export const INTERRUPTED = 130
/** What asks a process to end: Ctrl-C, `kill`, and a terminal that is closed. */
const ENDINGS = [
  ['SIGINT', INTERRUPTED],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const

/**
 * While the work runs, Ctrl-C ends the process at once, with one line, and so do `kill` and a closed terminal, without. What is removed or ended at
 * the process's exit still is, so that nothing half-written and no kernel stays.
 */
export async function endedByInterrupt<T>(io: Io, work: () => Promise<T>): Promise<T> {
  return await listening(code => {
    if (code !== INTERRUPTED) process.exit(code)
    io.stderr(`${io.isTTY ? '\n' : ''}clvlab: stopped by Ctrl-C; nothing half-written is left\n`)
    process.exit(INTERRUPTED)
  }, work)
}

/**
 * While the work runs, the first Ctrl-C aborts its signal, so that it can put away what it has; a second one ends the process at once. The
 * signal's reason is the exit code.
 *
 * @param onKill what `kill` and a closed terminal do: the same, or end the process at once
 */
export async function woundDown<T>(work: (signal: AbortSignal) => Promise<T>, onKill: 'end' | 'wind-down' = 'end'): Promise<T> {
  const controller = new AbortController()
  return await listening(
    code => {
      if (controller.signal.aborted || (onKill === 'end' && code !== INTERRUPTED)) process.exit(code)
      controller.abort(code)
    },
    async () => await work(controller.signal),
  )
}

async function listening<T>(onEnding: (code: number) => void, work: () => Promise<T>): Promise<T> {
  const listeners = ENDINGS.map(([name, code]) => [name, (): void => onEnding(code)] as const)
  for (const [name, listener] of listeners) process.on(name, listener)
  try {
    return await work()
  } finally {
    for (const [name, listener] of listeners) process.off(name, listener)
  }
}
