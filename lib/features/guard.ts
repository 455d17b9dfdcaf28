import { LeakageError } from '../errors/index.ts'

/** Stands behind the compiler at run time: a feature may only see what was observed before the cutoff. */
export function requireObserved(events: { readonly when: string }, where: string): void {
  if (events.when === 'observed') return
  throw new LeakageError({
    code: 'outcome-as-feature',
    what: `${events.when} data were given where only what was observed before the cutoff is allowed`,
    where,
    remedy: 'use the events of `observe(log, { cutoff })`, or a table made from them',
  })
}
