import { percentileInterval, type Interval, type Resampling } from '../metrics/index.ts'
import type { FittedModel, Predictions } from '../models/index.ts'
import { sketchOf } from '../schema/index.ts'
import { alignPredictions, type Actual, type Said } from './align.ts'
import { bootstrap } from './bootstrap.ts'
import { badness, MEASURES, scored, type Measure, type MeasureName } from './measures.ts'

/** One run of a model: one seed. */
export interface Run {
  readonly seed: number
  readonly predictions: Predictions
  readonly fitted?: FittedModel
}

/** A model's predictions for the customers of a split, from one or several seeds. */
export interface Candidate {
  readonly model: string
  readonly title: string
  readonly family: string
  readonly runs: readonly Run[]
  readonly folds?: Partial<Record<MeasureName, Spread>>
  /** Why there is no cross-validation, where one was asked for. */
  readonly foldFailure?: string
}

export interface Spread {
  readonly mean: number
  readonly sd: number
}

/** A cell of the comparison. */
export interface Score {
  /** The mean over seeds. */
  readonly value: number
  /** 95%, by resampled customers; undefined without a bootstrap. */
  readonly interval: Interval | undefined
  /** Standard deviation over seeds; undefined with one run. */
  readonly seedSpread: number | undefined
  /** This score minus the best model's, 95% over the same resamples. Undefined for the best itself. */
  readonly toBest: Interval | undefined
  readonly best: boolean
  /** Of a metric over groups of customers: the most groups that a run had to leave out, where it was any. */
  readonly leftOut?: number
  /** Over the first resamples, for holding two runs against each other. */
  readonly sketch?: string
  /** Over the folds of the training window; undefined without cross-validation. */
  readonly folds: Spread | undefined
}

/** What is measured of one model; a measure of what it does not model is not there. */
export type Scores = Partial<Record<MeasureName, Score>>

export interface ScoreOptions extends Resampling {
  readonly onResample?: (done: number) => void
  readonly signal?: AbortSignal | undefined
}

interface Cell {
  readonly candidate: number
  readonly measure: Measure & { readonly name: MeasureName }
  readonly perRun: readonly number[]
  readonly leftOut: number
  /** Positions in the list of scorers, one for each run. */
  readonly scorers: readonly number[]
}

/** Scores candidates on the same customers and the same resamples, in their order. Errors: `CompareError`. */
export async function score(candidates: readonly Candidate[], actual: Actual, options: ScoreOptions): Promise<readonly Scores[]> {
  const scorers: ReturnType<Measure['resampled']>[] = []
  const cells = candidates.flatMap((candidate, index) => {
    const said = candidate.runs.map(run => alignPredictions(actual.customers, run.predictions, candidate.model))
    return MEASURES.flatMap((measure): readonly Cell[] => {
      const pairs = pairsOf(said, actual, measure.of)
      if (pairs === undefined) return []
      const places = options.resamples === 0 ? [] : pairs.map(([a, p]) => scorers.push(measure.resampled(a, p)) - 1)
      const each = pairs.map(([a, p]) => scored(measure, a, p))
      const leftOut = Math.max(...each.map(score => score.leftOut))
      return [{ candidate: index, measure, perRun: each.map(({ value }) => value), leftOut, scorers: places }]
    })
  })
  const drawn = await bootstrap(scorers, actual.customers.length, options, options.onResample, options.signal)
  const scores: Scores[] = candidates.map(() => ({}))
  for (const { name } of MEASURES) {
    const column = cells.filter(({ measure }) => measure.name === name)
    const best = bestOf(column)
    const bestDrawn = best === undefined ? undefined : meanDrawn(best, drawn, options.resamples)
    for (const cell of column) {
      const own = meanDrawn(cell, drawn, options.resamples)
      const difference =
        cell === best || bestDrawn === undefined ? undefined : own.map((each, b) => each - (bestDrawn[b] as number))
      const interval = percentileInterval(own)
      const sketch = interval === undefined ? undefined : sketchOf(own, interval)
      ;(scores[cell.candidate] as Record<string, Score>)[name] = {
        value: mean(cell.perRun),
        interval,
        seedSpread: cell.perRun.length > 1 ? deviation(cell.perRun) : undefined,
        toBest: difference === undefined ? undefined : percentileInterval(difference),
        best: best !== undefined && badnessOf(cell) === badnessOf(best),
        ...(sketch === undefined ? {} : { sketch }),
        ...(cell.leftOut === 0 ? {} : { leftOut: cell.leftOut }),
        folds: (candidates[cell.candidate] as Candidate).folds?.[name],
      }
    }
  }
  return scores
}

/** Scores of one set of predictions, without intervals: what cross-validation needs of a fold. */
export function pointScores(said: Said, actual: Pick<Actual, 'value' | 'returned'>): Partial<Record<MeasureName, number>> {
  return Object.fromEntries(
    MEASURES.flatMap(measure => (pairsOf([said], actual, measure.of) ?? []).map(([a, p]) => [measure.name, measure.score(a, p)])),
  )
}

export function spread(values: readonly number[]): Spread {
  return { mean: mean(values), sd: deviation(values) }
}

function pairsOf(
  said: readonly Said[],
  actual: Pick<Actual, 'value' | 'returned'>,
  of: Measure['of'],
): readonly (readonly [Float64Array, Float64Array])[] | undefined {
  const happened = of === 'value' ? actual.value : actual.returned
  const pairs = said.flatMap(each => (each[of] === undefined ? [] : [[happened, each[of]] as const]))
  return pairs.length < said.length || pairs.length === 0 ? undefined : pairs
}

function bestOf(column: readonly Cell[]): Cell | undefined {
  const usable = column.filter(cell => !Number.isNaN(mean(cell.perRun)))
  return usable.reduce<Cell | undefined>(
    (best, cell) => (best === undefined || badnessOf(cell) < badnessOf(best) ? cell : best),
    undefined,
  )
}

const badnessOf = (cell: Cell): number => badness(cell.measure, mean(cell.perRun))

function meanDrawn(cell: Cell, drawn: readonly Float64Array[], resamples: number): Float64Array {
  return Float64Array.from({ length: resamples }, (_, b) =>
    mean(cell.scorers.map(place => (drawn[place] as Float64Array)[b] as number)),
  )
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length

/** The sample standard deviation (n - 1). */
function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, each) => sum + (each - middle) * (each - middle), 0) / (values.length - 1))
}
