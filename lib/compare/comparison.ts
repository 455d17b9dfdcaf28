import { joinUses, type DeviceUse } from '../engine/index.ts'
import { CompareError } from '../errors/index.ts'
import type { OutcomeRow } from '../features/index.ts'
import type { Resampling } from '../metrics/index.ts'
import { DISPLAY, Table, type Displayable, type MimeBundle } from '../schema/index.ts'
import { badness, MEASURES, type MeasureName } from './measures.ts'
import { renderComparison } from './render-comparison.ts'
import type { Candidate, Score, Scores } from './score.ts'

/** Where and on whom models were compared. Two comparisons may stand in one table only when all of it is equal. */
export interface SplitFacts {
  readonly observeFrom: string
  readonly cutoff: string
  /** Days. */
  readonly horizon: number
  readonly customers: number
  /** SHA-256 over every customer and what happened: the same split of other data has another one. */
  readonly digest: string
}

/** A model that has been judged. */
export interface Judged extends Candidate {
  readonly scores: Scores
}

/** A model that could not be, and why. */
export interface Failure {
  readonly model: string
  readonly title: string
  readonly reason: string
}

/** One cell in long form; what there is no number for is null. */
export type ScoreRow = {
  readonly model: string
  readonly title: string
  readonly family: string
  readonly metric: string
  readonly score: number
  readonly low: number | null
  readonly high: number | null
  readonly seed_sd: number | null
  readonly to_best_low: number | null
  readonly to_best_high: number | null
  readonly best: boolean
  readonly fold_mean: number | null
  readonly fold_sd: number | null
}

/** One row per model; a measure of what it does not model is null. */
export type WideRow = { readonly model: string; readonly title: string; readonly family: string } & {
  readonly [M in MeasureName]: number | null
}

/** One split, one table, all models. Immutable; shows itself in a notebook. */
export class Comparison implements Displayable {
  readonly split: SplitFacts
  readonly models: readonly Judged[]
  readonly failures: readonly Failure[]
  /** What happened, for charts beside the predictions of `models`. */
  readonly outcome: Table<OutcomeRow, 'outcome'>
  /** What its intervals were reckoned over; bands of curves over the same resamples agree with them. */
  readonly resampling: Resampling

  constructor(parts: {
    readonly split: SplitFacts
    readonly models: readonly Judged[]
    readonly failures: readonly Failure[]
    readonly outcome: Table<OutcomeRow, 'outcome'>
    readonly resampling: Resampling
  }) {
    this.split = parts.split
    this.models = parts.models
    this.failures = parts.failures
    this.outcome = parts.outcome
    this.resampling = parts.resampling
  }

  /** Errors: `CompareError` for a model that is not in the table. */
  model(name: string): Judged {
    const found = this.models.find(({ model }) => model === name)
    if (found !== undefined) return found
    const failed = this.failures.find(({ model }) => model === name)
    throw new CompareError({
      code: 'no-such-model',
      what: failed === undefined ? `"${name}" was not compared` : `"${name}" could not be fitted: ${failed.reason}`,
      remedy: `compared were ${this.models.map(({ model }) => model).join(', ')}`,
    })
  }

  /** The score of a model; undefined for what it does not model. Errors: `CompareError`. */
  score(model: string, measure: MeasureName): Score | undefined {
    return this.model(model).scores[measure]
  }

  /**
   * The best by a measure, and after it, from good to bad, whoever cannot be told apart from it: whose paired difference to the best has 0 within its 95% interval.
   * Where there are no intervals, the best alone.
   */
  amongBest(measure: MeasureName): readonly Judged[] {
    const of = (model: Judged): Score | undefined => model.scores[measure]
    const rule = MEASURES.find(({ name }) => name === measure) as (typeof MEASURES)[number]
    return this.models
      .filter(model => {
        const { best = false, toBest } = of(model) ?? {}
        return best || (toBest !== undefined && toBest.low <= 0 && toBest.high >= 0)
      })
      .toSorted((a, b) => badness(rule, (of(a) as Score).value) - badness(rule, (of(b) as Score).value))
  }

  /** The best of the naive baselines by a measure: what a model has to beat. Undefined where none has a score. */
  bestBaseline(measure: MeasureName): Judged | undefined {
    const rule = MEASURES.find(({ name }) => name === measure) as (typeof MEASURES)[number]
    const bad = ({ scores }: Judged): number => badness(rule, scores[measure]?.value ?? NaN)
    return this.models
      .filter(model => model.family === 'baseline' && !Number.isNaN(bad(model)))
      .toSorted((a, b) => bad(a) - bad(b))[0]
  }

  /** Every cell as a row. */
  get rows(): Table<ScoreRow, 'labelled'> {
    const rows = this.models.flatMap(({ model, title, family, scores }) =>
      MEASURES.flatMap(({ name }): readonly ScoreRow[] => {
        const score = scores[name]
        if (score === undefined) return []
        return [
          {
            model,
            title,
            family,
            metric: name,
            score: score.value,
            low: score.interval?.low ?? null,
            high: score.interval?.high ?? null,
            seed_sd: score.seedSpread ?? null,
            to_best_low: score.toBest?.low ?? null,
            to_best_high: score.toBest?.high ?? null,
            best: score.best,
            fold_mean: score.folds?.mean ?? null,
            fold_sd: score.folds?.sd ?? null,
          },
        ]
      }),
    )
    return Table.fromRows<ScoreRow, 'labelled'>(rows, SCORE_COLUMNS, 'labelled')
  }

  /** One row per model, the measures as columns. */
  get table(): Table<WideRow, 'labelled'> {
    const names = MEASURES.map(({ name }) => name)
    const rows = this.models.map(
      ({ model, title, family, scores }) =>
        ({ model, title, family, ...Object.fromEntries(names.map(name => [name, scores[name]?.value ?? null])) }) as WideRow,
    )
    return Table.fromRows<WideRow, 'labelled'>(rows, ['model', 'title', 'family', ...names], 'labelled')
  }

  /** What a report or a program needs: no predictions, only the judgement. A score that is no number is null. */
  toJSON(): { readonly split: SplitFacts; readonly models: readonly unknown[]; readonly failures: readonly Failure[] } {
    return {
      split: this.split,
      models: this.models.map(({ model, title, family, runs, scores, foldFailure }) => ({
        model,
        title,
        family,
        seeds: runs.map(({ seed }) => seed),
        ...deviceOf(runs),
        scores: withoutSketches(scores),
        ...(foldFailure === undefined ? {} : { foldFailure }),
      })),
      failures: this.failures,
    }
  }

  [DISPLAY](): MimeBundle {
    return renderComparison(this)
  }
}

/** They are for holding two runs against each other, and stand in the record. */
const withoutSketches = (scores: Scores): Scores =>
  Object.fromEntries(
    Object.entries(scores).map(([name, score]) => [
      name,
      Object.fromEntries(Object.entries(score).filter(([key]) => key !== 'sketch')),
    ]),
  ) as Scores

/** What its networks were trained on, where a device was asked for. */
function deviceOf(runs: Judged['runs']): { readonly device?: DeviceUse } {
  const device = joinUses(runs.flatMap(({ fitted }) => fitted?.device ?? []))
  return device === undefined ? {} : { device }
}

const SCORE_COLUMNS = [
  'model',
  'title',
  'family',
  'metric',
  'score',
  'low',
  'high',
  'seed_sd',
  'to_best_low',
  'to_best_high',
  'best',
  'fold_mean',
  'fold_sd',
] as const satisfies readonly (keyof ScoreRow)[]
