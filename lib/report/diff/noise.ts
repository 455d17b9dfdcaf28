import type { ScoreRecord } from '../../schema/index.ts'

/** What two runs' scores say of each other. */
export type Verdict = 'same' | 'within noise' | 'better' | 'worse' | 'cannot be told'

export interface Difference {
  /** B minus A; NaN where one of them has no number. */
  readonly by: number
  /** 95% of `by`; undefined where neither customers were resampled nor seeds repeated. */
  readonly low: number | undefined
  readonly high: number | undefined
  readonly verdict: Verdict
}

/** The 97.5% points of Student's t, from one degree of freedom on. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228]

/**
 * How far B's score lies from A's, and whether that is more than the luck of customers and seeds would give. The interval joins those of
 * both runs as if they were independent (Zou and Donner 2008, "Construction of confidence limits about effect measures", eq. 2), the spread
 * over seeds joined to each in quadrature. Two runs on the same customers share their luck, so there it is wider than it need be: it
 * calls a difference noise too often rather than too seldom.
 */
export function difference(a: ScoreRecord, b: ScoreRecord): Difference {
  if (a.value === null || b.value === null) {
    const same = a.value === b.value
    return { by: NaN, low: undefined, high: undefined, verdict: same ? 'same' : 'cannot be told' }
  }
  const by = b.value - a.value
  if (by === 0) return { by, low: undefined, high: undefined, verdict: 'same' }
  const [reachA, reachB] = [reachOf(a), reachOf(b)]
  if (reachA === undefined || reachB === undefined) return { by, low: undefined, high: undefined, verdict: 'cannot be told' }
  const low = by - Math.hypot(reachB.down, reachA.up)
  const high = by + Math.hypot(reachB.up, reachA.down)
  if (low <= 0 && high >= 0) return { by, low, high, verdict: 'within noise' }
  return { by, low, high, verdict: nearer(a.value, b.value, b.better) ? 'better' : 'worse' }
}

/** How far down and up from its value a score may lie by luck. */
function reachOf({ value, low, high, sd, seeds }: ScoreRecord): { readonly down: number; readonly up: number } | undefined {
  if (value === null || ((low === null || high === null) && sd === null)) return undefined
  const luck = sd === null || seeds < 2 ? 0 : ((STUDENT[seeds - 2] ?? 1.96) * sd) / Math.sqrt(seeds)
  return {
    down: Math.hypot(low === null ? 0 : Math.max(0, value - low), luck),
    up: Math.hypot(high === null ? 0 : Math.max(0, high - value), luck),
  }
}

function nearer(a: number, b: number, better: ScoreRecord['better']): boolean {
  if (better === 'one') return Math.abs(b - 1) < Math.abs(a - 1)
  return better === 'higher' ? b > a : b < a
}
