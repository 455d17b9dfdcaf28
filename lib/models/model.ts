import type { DeviceChoice, DeviceUse } from '../engine/index.ts'
import type { CoreRow, OutcomeRow } from '../features/index.ts'
import type { Seed } from '../numeric/index.ts'
import type { Table } from '../schema/index.ts'

/** An earlier window of the same log, whose outcome lies before the cutoff too: what supervised learners train on. */
export interface TrainingWindow<F extends CoreRow = CoreRow> {
  readonly features: Table<F, 'observed'>
  /** One row per customer of `features`, matched by `customer_id`. */
  readonly outcome: Table<OutcomeRow, 'outcome'>
  /** Length of the training outcome, days. */
  readonly horizon: number
}

/** All that a model may see when it is fitted. Nothing in here happened at or after the cutoff. */
export interface Task<F extends CoreRow = CoreRow> {
  /** Customers at the cutoff: what purchase-process models (BTYD) are fitted to. */
  readonly customers: Table<F, 'observed'>
  readonly training: TrainingWindow<F>
  /** Days after the cutoff to predict. */
  readonly horizon: number
}

export interface FitOptions {
  readonly seed: Seed
  /** Called with progress in [0, 1] and a short line of text. */
  readonly onProgress?: (done: number, text: string) => void
  /**
   * Cancels the fit soon after it is aborted, also in the middle of an epoch. Networks then give back what they have learnt so far, other models throw its
   * reason, and so does a fit in a worker thread.
   */
  readonly signal?: AbortSignal
  /** Where networks are trained, `wasm` unless given: it alone is bit-identical on every machine. Models without networks do not ask. */
  readonly device?: DeviceChoice
  /**
   * A folder in which each of a model's networks keeps its last epoch, or the step at which it was cancelled: a fit that was broken off, by a device that failed or otherwise, goes on from
   * there, on any device, when it is begun again with the same task and seed. On `wasm` the result is the same, bit for bit.
   */
  readonly checkpoints?: string
}

/** What a model says of each customer; what it does not model is null, and no metric is made up for it. */
export type PredictionRow = {
  readonly customer_id: string
  /** Expected spend within the horizon, money. */
  readonly value: number | null
  /** Probability of any purchase within the horizon. */
  readonly probability: number | null
  /** Expected purchase days within the horizon. */
  readonly expected_purchases: number | null
}

export type Predictions = Table<PredictionRow, 'predicted'>

/** A recipe that can be fitted. Holds settings only, never data. */
export interface Model<F extends CoreRow = CoreRow> {
  /** Stable, kebab-case: `bg-nbd`, `two-stage`. */
  readonly name: string
  /** For people: `BG/NBD + Gamma-Gamma`. */
  readonly title: string
  /** `baseline`, `classic`, `linear`, `trees`, `neural`, `sequence`, `generative`. */
  readonly family: string
  /** Errors: `FitError` when the data do not suffice. */
  fit(task: Task<F>, options: FitOptions): Promise<FittedModel<F>>
}

/** An immutable fitted model. */
export interface FittedModel<F extends CoreRow = CoreRow> {
  readonly model: string
  /** Fitted parameters and notes for people: names as in the literature. */
  readonly parameters: Readonly<Record<string, number | string>>
  /** What its networks were trained on, where a device was asked for. */
  readonly device?: DeviceUse
  /** Same order of rows as `customers`. `horizon` in days. Errors: `LeakageError`, `SchemaError`. */
  predict(customers: Table<F, 'observed'>, horizon: number): Predictions
  /** Everything that `loadModel` needs to give the same predictions, bit for bit. */
  save(): SavedModel
}

/** A fitted model as data: a state that JSON keeps exactly, and what it does not keep under `arrays`. */
export interface SavedModel {
  readonly model: string
  readonly version: number
  readonly state: Readonly<Record<string, unknown>>
  /** Named float arrays, exact. */
  readonly arrays?: Readonly<Record<string, Float32Array | Float64Array>>
}
