import { ExerciseError } from '../../errors/index.ts'
import { DISPLAY, type Displayable, type MimeBundle } from '../../schema/index.ts'

/** A check that holds. */
export class Passed implements Displayable {
  readonly what: string

  constructor(what: string) {
    this.what = what
  }

  [DISPLAY](): MimeBundle {
    return { data: { 'text/plain': `✓ ${this.what}` } }
  }
}

/**
 * Holds a learner's answer against what it must be. `what` says in a few words what is checked, `hint` what to think of when it does not
 * hold. An answer that cannot be checked at all, since it is missing or of another kind, is one that does not hold.
 *
 * @throws ExerciseError `not-yet`, with the hint and without a stack trace
 */
export function check(what: string, holds: () => boolean, hint: string): Passed {
  let verdict: boolean
  try {
    verdict = holds()
  } catch (cause) {
    const why = cause instanceof ExerciseError ? cause.what : cause instanceof Error ? cause.message : String(cause)
    throw new ExerciseError({ code: 'not-yet', what: `not yet: ${what} (${why})`, remedy: hint })
  }
  if (verdict) return new Passed(what)
  throw new ExerciseError({ code: 'not-yet', what: `not yet: ${what}`, remedy: hint })
}

/**
 * Stands where a learner's answer goes, so that the exercise compiles and runs before it is solved: `const share: number = todo('…')`. Any
 * use of it (reading, calling, reckoning with it) throws `ExerciseError` `to-do` with the hint; `check` turns that into its own.
 */
export function todo<T>(hint: string): T {
  const use = (): never => {
    throw new ExerciseError({ code: 'to-do', what: 'this is yours to write', remedy: hint })
  }
  const get = (_: unknown, key: string | symbol): unknown => (key === 'then' ? undefined : use())
  return new Proxy(use, { get, set: use, has: use, ownKeys: use, apply: use, construct: use }) as T
}
