import type { FoundFinding } from '../content.ts'
import type { ScoreRecord } from '../../schema/index.ts'
import type { FoundComparison, RunRecord } from '../record/run-record.ts'
import { difference, type Difference, type Judges } from './noise.ts'
import type { Run } from './read-run.ts'

/** A value in both runs; undefined where a run has none. */
export interface Pair<T> {
  readonly a: T | undefined
  readonly b: T | undefined
}

export interface FactPair extends Pair<string> {
  readonly name: string
  readonly same: boolean
}

export interface ScorePair extends Pair<ScoreRecord> {
  readonly model: string
  readonly title: string
  readonly measure: string
  readonly name: string
  /** Where both have it. */
  readonly difference: Difference | undefined
}

export interface ComparisonPair {
  readonly split: Pair<string>
  /** Whether both judged the same customers by the same outcome. */
  readonly sameCustomers: boolean
  /** Whether money of both is in one currency and over as many days; false where that is not known. */
  readonly sameMoney: boolean
  readonly scores: readonly ScorePair[]
}

/** Two runs held against each other. */
export interface RunDiff {
  readonly a: string
  readonly b: string
  readonly title: Pair<string>
  /** Where a page and the record in it disagree: the numbers here are the record's. */
  readonly doubts: readonly string[]
  readonly parameters: readonly FactPair[]
  readonly data: readonly FactPair[]
  /** Versions, device, date, machine, commit. */
  readonly circumstances: readonly FactPair[]
  readonly findings: readonly (Pair<FoundFinding> & { readonly same: boolean })[]
  readonly comparisons: readonly ComparisonPair[]
}

export function compareRuns(a: Run, b: Run): RunDiff {
  const [one, two] = [a.record, b.record]
  const pairs = pairedComparisons(one.comparisons, two.comparisons)
  return {
    a: a.file,
    b: b.file,
    title: { a: one.title, b: two.title },
    doubts: [...a.doubts.map(doubt => `A: ${doubt}`), ...b.doubts.map(doubt => `B: ${doubt}`)],
    parameters: facts(Object.entries(one.parameters).map(written), Object.entries(two.parameters).map(written)),
    data: facts(dataOf(one), dataOf(two)),
    circumstances: facts([...circumstances(one), ...a.facts], [...circumstances(two), ...b.facts]),
    findings: paired(one.findings, two.findings, ({ cell }) => cell).map(pair => ({
      ...pair,
      same: pair.a?.text === pair.b?.text && pair.a?.value === pair.b?.value,
    })),
    comparisons: pairs.map(pair => {
      const judges = judgesOf(pair, one, two)
      const scores = paired(pair.a?.scores ?? [], pair.b?.scores ?? [], ({ model, measure }) => `${model} ${measure}`)
      return {
        split: { a: pair.a?.split, b: pair.b?.split },
        sameCustomers: judges.sameCustomers,
        sameMoney: judges.sameMoney,
        scores: scores.map(each => scored(each, judges)),
      }
    }),
  }
}

/** Of the same cell; where cells have other names, in their order. */
function pairedComparisons(a: readonly FoundComparison[], b: readonly FoundComparison[]): readonly Pair<FoundComparison>[] {
  const shared = a.some(({ cell }) => b.some(other => other.cell === cell))
  return shared
    ? paired(a, b, ({ cell }) => cell)
    : a.length > b.length
      ? a.map((each, i) => ({ a: each, b: b[i] }))
      : b.map((each, i) => ({ a: a[i], b: each }))
}

function judgesOf({ a, b }: Pair<FoundComparison>, one: RunRecord, two: RunRecord): Judges {
  const alike = <T>(left: T | undefined, right: T | undefined): boolean => left !== undefined && left === right
  const sameCustomers = alike(a?.digest, b?.digest)
  return {
    sameCustomers,
    sameDraws: sameCustomers && alike(a?.draws, b?.draws),
    sameMoney: sameCustomers || (alike(one.data.currency, two.data.currency) && alike(a?.horizon, b?.horizon)),
  }
}

function scored({ a, b }: Pair<ScoreRecord>, judges: Judges): ScorePair {
  const { model, title, measure, name } = (a ?? b) as ScoreRecord
  return {
    model,
    title,
    measure,
    name,
    a,
    b,
    difference: a === undefined || b === undefined ? undefined : difference(a, b, judges),
  }
}

const written = ([name, value]: readonly [string, unknown]): readonly [string, string] => [name, JSON.stringify(value)]
const dataOf = ({ data }: RunRecord): readonly (readonly [string, string])[] => [
  ['Data', data.title],
  ['SHA-256', data.checksum],
]
const circumstances = ({ notebook, versions, device }: RunRecord): readonly (readonly [string, string])[] => [
  ['Notebook', notebook],
  ...Object.entries(versions),
  ...(device === '' ? [] : [['Device', device] as const]),
]

function facts(a: readonly (readonly [string, string])[], b: readonly (readonly [string, string])[]): readonly FactPair[] {
  return paired(a, b, ([name]) => name).map(pair => ({
    name: ((pair.a ?? pair.b) as readonly [string, string])[0],
    a: pair.a?.[1],
    b: pair.b?.[1],
    same: pair.a?.[1] === pair.b?.[1],
  }))
}

/** By key: those of A in their order, then those that only B has. The second of one key meets the second. */
export function paired<T>(a: readonly T[], b: readonly T[], keyOf: (each: T) => string): readonly Pair<T>[] {
  const waiting = new Map<string, T[]>()
  for (const each of b) waiting.set(keyOf(each), [...(waiting.get(keyOf(each)) ?? []), each])
  const both = a.map(each => ({ a: each, b: waiting.get(keyOf(each))?.shift() }))
  const left = new Set([...waiting.values()].flat())
  return [...both, ...b.filter(each => left.has(each)).map(each => ({ a: undefined, b: each }))]
}
