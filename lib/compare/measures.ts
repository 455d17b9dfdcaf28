import {
  accuracy,
  auc,
  brier,
  confusion,
  decileMape,
  deciles,
  f1,
  logLoss,
  meanAbsoluteError,
  meanSquaredError,
  normalisedGini,
  precision,
  recall,
  rootMeanSquaredError,
  rSquared,
  spearman,
  sumRatio,
  type Confusion,
} from '../metrics/index.ts'
import { Seed } from '../numeric/index.ts'
import {
  weightedAuc,
  weightedConfusion,
  weightedDecileMape,
  weightedGini,
  weightedMean,
  weightedRSquared,
  weightedSpearman,
  weightedSumRatio,
  type Resampled,
} from './resampled.ts'

/** One column of the comparison: a metric, what it judges, and which way is better. */
export interface Measure {
  readonly name: string
  readonly title: string
  /** What of a prediction it judges. */
  readonly of: 'value' | 'probability'
  /** `one`: the nearer to 1 the better. */
  readonly better: 'higher' | 'lower' | 'one'
  /** Whether it is in the currency of the data, or its square. */
  readonly unit?: 'money'
  /** The metric itself. */
  readonly score: (actual: Float64Array, predicted: Float64Array) => number
  /** The same, and how many of its ten groups it could not judge, where it judges groups. */
  readonly byGroups?: (actual: Float64Array, predicted: Float64Array) => GroupScore
  /** The same metric over resampled customers, prepared once so that a resample costs no sort. */
  readonly resampled: (actual: Float64Array, predicted: Float64Array) => Resampled
}

export interface GroupScore {
  readonly value: number
  /** Groups that could not be judged. */
  readonly leftOut: number
}

/** Fixed for all time, so that a decile's ties fall alike in every report. */
const TIES = Seed.of(0).child('decile ties')

const decileError = (actual: Float64Array, predicted: Float64Array): GroupScore =>
  decileMape(deciles(actual, predicted, TIES.random()))
const byConfusion = (of: (counts: Confusion) => number): Pick<Measure, 'score' | 'resampled'> => ({
  score: (actual, predicted) => of(confusion(actual, predicted)),
  resampled: (actual, predicted) => weightedConfusion(actual, predicted, of),
})

export const MEASURES = [
  { name: 'gini', title: 'Gini', of: 'value', better: 'higher', score: normalisedGini, resampled: weightedGini },
  { name: 'spearman', title: 'Spearman', of: 'value', better: 'higher', score: spearman, resampled: weightedSpearman },
  {
    name: 'decile_mape',
    title: 'decile MAPE',
    of: 'value',
    better: 'lower',
    score: (actual, predicted) => decileError(actual, predicted).value,
    byGroups: decileError,
    resampled: (a, p) => weightedDecileMape(a, p, TIES.random()),
  },
  { name: 'sum_ratio', title: 'sum', of: 'value', better: 'one', score: sumRatio, resampled: weightedSumRatio },
  {
    name: 'mse',
    title: 'MSE',
    of: 'value',
    better: 'lower',
    unit: 'money',
    score: meanSquaredError,
    resampled: (a, p) => weightedMean(a, p, meanSquaredError),
  },
  {
    name: 'rmse',
    title: 'RMSE',
    of: 'value',
    better: 'lower',
    unit: 'money',
    score: rootMeanSquaredError,
    resampled: (a, p) => weightedMean(a, p, meanSquaredError, Math.sqrt),
  },
  {
    name: 'mae',
    title: 'MAE',
    of: 'value',
    better: 'lower',
    unit: 'money',
    score: meanAbsoluteError,
    resampled: (a, p) => weightedMean(a, p, meanAbsoluteError),
  },
  { name: 'r2', title: 'R²', of: 'value', better: 'higher', score: rSquared, resampled: weightedRSquared },
  { name: 'auc', title: 'AUC', of: 'probability', better: 'higher', score: auc, resampled: weightedAuc },
  {
    name: 'log_loss',
    title: 'log loss',
    of: 'probability',
    better: 'lower',
    score: logLoss,
    resampled: (a, p) => weightedMean(a, p, logLoss),
  },
  {
    name: 'brier',
    title: 'Brier',
    of: 'probability',
    better: 'lower',
    score: brier,
    resampled: (a, p) => weightedMean(a, p, brier),
  },
  { name: 'accuracy', title: 'accuracy', of: 'probability', better: 'higher', ...byConfusion(accuracy) },
  { name: 'precision', title: 'precision', of: 'probability', better: 'higher', ...byConfusion(precision) },
  { name: 'recall', title: 'recall', of: 'probability', better: 'higher', ...byConfusion(recall) },
  { name: 'f1', title: 'F1', of: 'probability', better: 'higher', ...byConfusion(f1) },
] as const satisfies readonly Measure[]

export type MeasureName = (typeof MEASURES)[number]['name']

/** What a measure says of one set of predictions, its groups looked at once. */
export function scored(measure: Measure, actual: Float64Array, predicted: Float64Array): GroupScore {
  return measure.byGroups?.(actual, predicted) ?? { value: measure.score(actual, predicted), leftOut: 0 }
}

/** How far from the best possible, so that smaller is better for every measure. */
export function badness({ better }: Pick<Measure, 'better'>, score: number): number {
  if (better === 'one') return Math.abs(score - 1)
  return better === 'higher' ? -score : score
}
