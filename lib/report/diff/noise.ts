import { LETTER, SKETCHED, sketched, type ScoreRecord } from '../../schema/index.ts'

/**
 * What two runs' scores say of each other. `differs`: beyond noise, but neither is better, since both are as far from 1, or since they speak of
 * other customers. `not comparable`: money of other customers, in another currency or over another time.
 */
export type Verdict = 'same' | 'within noise' | 'better' | 'worse' | 'differs' | 'one seed' | 'cannot be told' | 'not comparable'

export interface Difference {
  /** B minus A; NaN where one of them has no number, or they cannot be held against each other. */
  readonly by: number
  /** 95% of `by`; undefined where neither customers were resampled nor seeds repeated. */
  readonly low: number | undefined
  readonly high: number | undefined
  readonly verdict: Verdict
  /** Whether the interval is of the difference itself, resample by resample; otherwise it joins those of both runs as if independent. */
  readonly paired: boolean
}

/** How the two runs' customers stand to each other. */
export interface Judges {
  /** The same customers and the same outcome. */
  readonly sameCustomers: boolean
  /** The same resamples of them, so that scores can be paired. */
  readonly sameDraws: boolean
  /** The same currency and as many days, as far as both are known. */
  readonly sameMoney: boolean
}

/** The 97.5% points of Student's t, from one degree of freedom on. */
// prettier-ignore
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101,
  2.093, 2.086, 2.08, 2.074, 2.069,
]
const student = (n: number): number => STUDENT[n - 2] ?? 1.96

/** Models that come out the same whatever their seed. */
const SURE: readonly string[] = ['baseline', 'classic', 'linear']
const isSure = ({ family, seeds }: ScoreRecord): boolean => seeds === 1 && SURE.includes(family)

/** Less than the last digits of a record, and so no difference. */
const LEAST = 1e-6

/**
 * How far B's score lies from A's, and whether that is more than the luck of customers and seeds would give. Where both runs saw the same
 * resamples of the same customers, the interval is that of their paired differences (mean and Student's t over the resamples that the
 * records keep); otherwise it joins those of both runs as if they were independent (Zou and Donner 2008, "Construction of confidence limits
 * about effect measures", eq. 2). The spread over seeds is joined in quadrature; a run of one seed borrows that of the other, and where
 * neither has one, nothing beyond the luck of customers can be told of a model that depends on its seed.
 */
export function difference(a: ScoreRecord, b: ScoreRecord, judges: Judges): Difference {
  const none = { by: NaN, low: undefined, high: undefined, paired: false }
  if (!judges.sameCustomers && !judges.sameMoney && b.unit === 'money') return { ...none, verdict: 'not comparable' }
  if (a.value === null || b.value === null) return { ...none, verdict: a.value === b.value ? 'same' : 'cannot be told' }
  const by = b.value - a.value
  const bare = { by, low: undefined, high: undefined, paired: false }
  if (by === 0) return { ...bare, verdict: judges.sameCustomers ? 'same' : 'within noise' }
  const luck = luckOfSeeds(a, b)
  const draws = judges.sameCustomers && judges.sameDraws ? pairedDraws(a, b) : undefined
  const reach =
    draws === undefined
      ? joinedReach(a, b, luck)
      : pairedReach(
          draws.map(([one, two]) => two - one),
          blurOf(a, b),
          luck,
        )
  if (reach === undefined) return { ...bare, verdict: 'cannot be told' }
  const found = { by, low: by - reach.down, high: by + reach.up, paired: draws !== undefined }
  if (found.low <= 0 && found.high >= 0) return { ...found, verdict: 'within noise' }
  if (!judges.sameCustomers) return { ...found, verdict: 'differs' }
  if (luck === undefined) return { ...found, verdict: 'one seed' }
  if (b.better !== 'one') return { ...found, verdict: (b.better === 'higher') === by > 0 ? 'better' : 'worse' }
  return { ...found, verdict: nearerToOne(a as Scored, b as Scored, luck, draws) }
}

type Scored = ScoreRecord & { readonly value: number }
type Draws = readonly (readonly [a: number, b: number])[]
interface Reach {
  readonly down: number
  readonly up: number
}

/** How far the luck of seeds may carry the difference; undefined where that cannot be known. */
function luckOfSeeds(a: ScoreRecord, b: ScoreRecord): number | undefined {
  const of = (own: ScoreRecord, other: ScoreRecord): number | undefined => {
    if (isSure(own)) return 0
    const from = own.sd === null ? other : own
    return from.sd === null ? undefined : (student(from.seeds) * from.sd) / Math.sqrt(own.seeds)
  }
  const [one, two] = [of(a, b), of(b, a)]
  return one === undefined || two === undefined ? undefined : Math.hypot(one, two)
}

function pairedDraws(a: ScoreRecord, b: ScoreRecord): Draws | undefined {
  const [one, two] = [drawsOf(a), drawsOf(b)]
  return one === undefined || two === undefined ? undefined : one.map((each, i) => [each, two[i] as number])
}

const drawsOf = ({ sketch, low, high }: ScoreRecord): readonly number[] | undefined =>
  sketch === undefined || low === null || high === null ? undefined : sketched(sketch, { low, high })

/** `blur` is the standard deviation that comes of the letters alone: nothing is told more exactly than that. */
function pairedReach(differences: readonly number[], blur: number, luck = 0): Reach {
  const middle = differences.reduce((sum, each) => sum + each, 0) / SKETCHED
  const squares = differences.reduce((sum, each) => sum + (each - middle) * (each - middle), 0)
  const half = Math.hypot(student(SKETCHED) * Math.max(Math.sqrt(squares / (SKETCHED - 1)), blur), luck)
  return { down: half, up: half }
}

const blurOf = (a: ScoreRecord, b: ScoreRecord): number =>
  Math.hypot(...[a, b].map(({ low, high }) => ((high ?? 0) - (low ?? 0)) * LETTER)) / Math.sqrt(12)

/** Undefined where neither customers were resampled nor seeds repeated. */
function joinedReach(a: ScoreRecord, b: ScoreRecord, luck: number | undefined): Reach | undefined {
  const [one, two] = [reachOf(a), reachOf(b)]
  if (one === undefined || two === undefined) return luck === undefined || luck === 0 ? undefined : { down: luck, up: luck }
  return { down: Math.hypot(two.down, one.up, luck ?? 0), up: Math.hypot(two.up, one.down, luck ?? 0) }
}

function reachOf({ value, low, high }: ScoreRecord): Reach | undefined {
  if (value === null || low === null || high === null) return undefined
  return { down: Math.max(0, value - low), up: Math.max(0, high - value) }
}

/** Of a measure that is best at 1: whether B is nearer to it than A, beyond noise of that distance; `differs` where it is not. */
function nearerToOne(a: Scored, b: Scored, luck: number, draws: Draws | undefined): Verdict {
  const by = Math.abs(b.value - 1) - Math.abs(a.value - 1)
  const reach =
    draws === undefined
      ? joinedReach(fromOne(a), fromOne(b), luck)
      : pairedReach(
          draws.map(([one, two]) => Math.abs(two - 1) - Math.abs(one - 1)),
          blurOf(a, b),
          luck,
        )
  if (reach === undefined || Math.abs(by) < LEAST || (by - reach.down <= 0 && by + reach.up >= 0)) return 'differs'
  return by < 0 ? 'better' : 'worse'
}

/** The distance from 1, and between what it lies where the score lies within its interval. */
function fromOne(score: Scored): ScoreRecord {
  const { value, low, high } = score
  if (low === null || high === null) return { ...score, value: Math.abs(value - 1) }
  const [one, two] = [Math.abs(low - 1), Math.abs(high - 1)]
  return { ...score, value: Math.abs(value - 1), low: low <= 1 && high >= 1 ? 0 : Math.min(one, two), high: Math.max(one, two) }
}
