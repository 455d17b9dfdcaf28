import type { DeviceChoice, DeviceUse } from '../../engine/index.ts'
import type { CoreRow, OutcomeRow } from '../../features/index.ts'
import type { Seed } from '../../numeric/index.ts'
import type { Table } from '../../schema/index.ts'
import type { FitOptions, SavedModel, TrainingWindow } from '../model.ts'

/** Customers that nobody ever was, with what they did afterwards where the model has learnt it. */
export interface MadeCustomers {
  readonly features: Table<CoreRow, 'observed'>
  readonly outcome: Table<OutcomeRow, 'outcome'>
}

/** A recipe for making customers. Holds settings only, never data. */
export interface Synthesiser {
  readonly name: string
  readonly title: string
  /**
   * Learns from a training window, which lies before the cutoff: its features, and its outcome together with them unless `outcome` is false.
   * Errors: `FitError` for fewer than two customers, or none that differ.
   */
  fit(window: TrainingWindow, options: FitOptions & { readonly outcome?: boolean }): Promise<FittedSynthesiser>
  restore(saved: SavedModel): FittedSynthesiser
}

/** An immutable fitted maker of customers. */
export interface FittedSynthesiser {
  readonly model: string
  readonly parameters: Readonly<Record<string, number | string>>
  /** What it was trained on, where a device was asked for. */
  readonly device?: DeviceUse
  /** One record an epoch: each loss by its name. */
  readonly history: readonly Readonly<Record<string, number>>[]
  /**
   * So many customers; the same seed gives the same ones. Learnt from possible customers, none of them breaks a rule (`brokenRules`). They are computed on
   * `wasm` unless another device is given, and then within its tolerance.
   */
  sample(count: number, seed: Seed, device?: Exclude<DeviceChoice, 'auto'>): Promise<MadeCustomers>
  save(): SavedModel
}
