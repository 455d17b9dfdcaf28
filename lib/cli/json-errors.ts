import { ClvError, UsageError } from '../errors/index.ts'
import type { Io } from './io.ts'

/**
 * Runs a command, the reading of its arguments too. With `--json` among them, an error goes to stdout as `{ "error": { name, code, what, where, remedy } }` too, so that a
 * program finds there whatever happened. Errors that are none of this library's pass through.
 */
export async function withJsonErrors(argv: readonly string[], io: Io, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!argv.includes('--json') || !(error instanceof ClvError)) throw error
    const { name, code, what, where, remedy } = error
    io.stdout(`${JSON.stringify({ error: { name, code, what, where, remedy } })}\n`)
    io.stderr(`clvlab: ${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}
