/** The MIME type under which a notebook carries a comparison as numbers, beside the table that people read. */
export const COMPARISON_MIME = 'application/vnd.clvlab.comparison+json'

/** One model by one measure. */
export interface ScoreRecord {
  readonly model: string
  /** Of the model, for people. */
  readonly title: string
  /** `baseline` for those that learn nothing. */
  readonly family: string
  readonly measure: string
  /** Of the measure, for people. */
  readonly name: string
  /** `one`: the nearer to 1 the better. */
  readonly better: 'higher' | 'lower' | 'one'
  /** The mean over seeds; null where there is no number. */
  readonly value: number | null
  /** 95% over resampled customers; null without. */
  readonly low: number | null
  readonly high: number | null
  /** Standard deviation over seeds; null with one. */
  readonly sd: number | null
  readonly seeds: number
  /** Of the measure: `money` where it is in the data's currency. */
  readonly unit?: 'money'
  /** The score over the first resamples of customers (see `sketchOf`); runs of one digest and the same `draws` saw the same resamples. */
  readonly sketch?: string
}

/** A comparison as numbers: enough to hold two runs against each other. */
export interface ComparisonRecord {
  /** The same for the same customers and the same outcome. */
  readonly digest: string
  /** `6,185 customers observed from 2023-01-01, cutoff 2024-01-01, the next 180 days` */
  readonly split: string
  /** Days that were foretold. */
  readonly horizon?: number
  /** Tells apart what customers were drawn in the resamples. */
  readonly draws?: string
  readonly scores: readonly ScoreRecord[]
}
