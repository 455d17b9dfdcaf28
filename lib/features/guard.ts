import { LeakageError } from '../errors/index.ts'
import type { ObservedEvents } from '../schema/index.ts'

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

/** A split that stands beside events must be the one that they were observed by. */
export function requireCutoff(events: ObservedEvents, cutoff: string | undefined, where: string): void {
  if (cutoff === undefined || cutoff === events.window.cutoff) return
  throw new LeakageError({
    code: 'another-cutoff',
    what: `the events were observed up to ${events.window.cutoff}, but the split's cutoff is ${cutoff}`,
    where,
    remedy: 'observe the log with the same split',
  })
}
