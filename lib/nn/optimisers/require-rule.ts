import type { UpdateRule } from '../../engine/index.ts'
import { UsageError } from '../../errors/index.ts'

const inUnit = (value: number): boolean => value >= 0 && value < 1
const atLeastNothing = (value: number): boolean => Number.isFinite(value) && value >= 0
const aboveNothing = (value: number): boolean => Number.isFinite(value) && value > 0

/** What each number of a rule must be. */
const BOUNDS: Readonly<Record<string, readonly [holds: (value: number) => boolean, wanted: string]>> = {
  rate: [atLeastNothing, 'a finite rate of at least 0'],
  momentum: [inUnit, 'a number from 0 up to, not including, 1'],
  rho: [inUnit, 'a number from 0 up to, not including, 1'],
  beta1: [inUnit, 'a number from 0 up to, not including, 1'],
  beta2: [inUnit, 'a number from 0 up to, not including, 1'],
  epsilon: [aboveNothing, 'a finite number above 0'],
  decay: [atLeastNothing, 'a finite number of at least 0'],
}

/** The rule as it is. Errors: `UsageError` for a number that no training could use, such as a rate below 0. */
export function requireRule<R extends UpdateRule>(rule: R): R {
  for (const [name, value] of Object.entries(rule)) {
    const [holds, wanted] = BOUNDS[name] ?? []
    if (holds !== undefined && !holds(Number(value))) refuse(rule.kind, name, value, String(wanted))
  }
  const { clip } = rule
  if (clip !== undefined && !(clip.limit > 0)) refuse(rule.kind, 'clip.limit', clip.limit, 'a number above 0')
  return rule
}

function refuse(kind: string, name: string, value: unknown, wanted: string): never {
  throw new UsageError({
    code: 'bad-rule',
    what: `${name} is ${String(value)}`,
    where: `the optimiser ${kind}`,
    remedy: `give ${wanted}`,
  })
}
