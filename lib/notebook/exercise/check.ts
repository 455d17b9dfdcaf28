import { inspect } from 'node:util'
import { ExerciseError } from '../../errors/index.ts'
import { DISPLAY, type Displayable, type MimeBundle } from '../../schema/index.ts'

/** A check that holds. */
export class Passed implements Displayable {
  readonly what: string

  constructor(what: string) {
    this.what = what
  }

  [DISPLAY](): MimeBundle {
    // a report sets it by its meaning
    return { data: { 'text/plain': `✓ ${this.what}` }, metadata: { clvlab: { check: this.what } } }
  }
}

/**
 * Holds a learner's answer against what it must be. `what` says in a few words what is checked, `hint` what to think of when it does not
 * hold. An answer that cannot be checked at all, since it is missing or of another kind, is one that does not hold.
 *
 * @throws ExerciseError `not-yet`, with the hint and without a stack trace; `no-verdict` where `holds` gives neither true nor false
 */
export function check(what: string, holds: () => boolean, hint: string): Passed {
  let verdict: unknown
  try {
    verdict = holds()
  } catch (cause) {
    throw new ExerciseError({ code: 'not-yet', what: `not yet: ${what} (${reason(cause)})`, remedy: hint })
  }
  if (verdict === true) return new Passed(what)
  if (verdict === false) throw new ExerciseError({ code: 'not-yet', what: `not yet: ${what}`, remedy: hint })
  throw new ExerciseError({
    code: 'no-verdict',
    what: `the check "${what}" says neither true nor false, but ${kindOf(verdict)}`,
    remedy:
      verdict instanceof Promise
        ? 'await the answer in a line above, and check what came of it'
        : 'compare: `() => answer === 3`, not `() => answer`',
  })
}

/** What went wrong, in a line: a message may bring a stack along. */
function reason(cause: unknown): string {
  const whole = cause instanceof ExerciseError ? cause.what : cause instanceof Error ? cause.message : String(cause)
  return (whole.split(/[\r\n]/).find(line => line.trim() !== '') ?? 'it threw without a word').trim()
}

const kindOf = (value: unknown): string =>
  value instanceof Promise ? 'a promise' : value === undefined ? 'nothing' : `a ${typeof value}`

/**
 * Stands where a learner's answer goes, so that the exercise compiles and runs before it is solved: `const share: number = todo('…')`. Any
 * use of it (reading, calling, reckoning with it) throws `ExerciseError` `to-do` with the hint; `check` turns that into its own. Shown, it says
 * that it is yours to write.
 */
export function todo<T>(hint: string): T {
  const use = (): never => {
    throw new ExerciseError({ code: 'to-do', what: 'this is yours to write', remedy: hint })
  }
  const shown = (): string => `yours to write: ${hint}`
  const display = (): MimeBundle => ({ data: { 'text/plain': shown() } })
  const get = (_: unknown, key: string | symbol): unknown =>
    key === 'then' ? undefined : key === DISPLAY ? display : key === inspect.custom ? shown : use()
  const has = (_: unknown, key: string | symbol): boolean => key === DISPLAY || use()
  // `inspect`, and so `console.log`, looks through a proxy at what is behind it.
  const target = Object.assign(use, { [inspect.custom]: shown })
  return new Proxy(target, { get, has, set: use, ownKeys: use, apply: use, construct: use }) as T
}
