import type { DeviceChoice, DeviceUse, Memory, UpdateRule } from '../../engine/index.ts'
import type { Seed } from '../../numeric/index.ts'
import type { Weights } from '../network.ts'
import type { Schedule, StepSchedule } from '../optimisers/schedules.ts'
import type { Averaging } from '../optimisers/averaging.ts'
import type { Metric } from './metrics.ts'

/** Rows to learn from: inputs and targets, row by row. */
export interface Examples {
  readonly rows: number
  /** (rows, columns), or (rows, time, columns). */
  readonly x: Float32Array
  /** (rows, targets). */
  readonly y: Float32Array
  /** What each row counts, 1 unless given (`classWeights` makes them of classes). The loss is the mean of weight · loss. */
  readonly weight?: Float32Array
}

export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number
  /** Mean over the epoch's batches, dropout acting, each before its own update. */
  readonly loss: number
  /** The learning rate of the epoch; of its last step, where it changes from step to step. */
  readonly rate: number
  /** That of its first step, where it changes from step to step. */
  readonly firstRate?: number
  /** Of the whole validation set after the epoch, without dropout. */
  readonly validationLoss?: number
  /** Of the whole validation set after the epoch, by name. */
  readonly metrics?: Readonly<Record<string, number>>
  /**
   * The part of the epoch that was made, from 0 to 1, where it is not over, or not judged: inside it, and where the training was cancelled there.
   * The loss is then the mean so far.
   */
  readonly share?: number
}

/** Called after each epoch. */
export interface OnEpoch {
  (record: EpochRecord, epochs: number): void
  /** Called some times a second inside a long one. */
  readonly within?: (record: EpochRecord, epochs: number) => void
  /** Called when the training ends, however it does. */
  readonly end?: () => void
}

export interface TrainOptions {
  readonly epochs: number
  /** Rows of a batch; default 32. */
  readonly batch?: number
  /** Default Adam. */
  readonly optimiser?: UpdateRule
  readonly validation?: Examples
  /** Judged on the validation rows after each epoch. */
  readonly metrics?: Readonly<Record<string, Metric>>
  /** Fixes the first weights, the order of rows and dropout. */
  readonly seed: Seed
  /** Where it is trained: `wasm`, the default, is bit-identical on every machine; `auto` measures what works here and takes the fastest. */
  readonly device?: DeviceChoice
  /** Hears in one line what `auto` chose and why, and where it goes on when a device fails; stderr unless given. */
  readonly onNote?: (line: string) => void
  /** Called before the first epoch with the bytes that the training needs: `memory => console.log(showMemory(memory))`. */
  readonly onStart?: (memory: Memory) => void
  readonly onProgress?: OnEpoch
  /**
   * Cancels between two steps, soon after it is aborted. What was learnt so far is given back, of an epoch begun too: the history then ends with
   * its `share`. With `earlyStopping` the weights are those of the best whole epoch, if there was one, for a part is not judged. Batch norm takes
   * its statistics from all rows first, in one more pass, forward alone.
   */
  readonly signal?: AbortSignal
  /** Stops when the validation loss (else the loss) has not improved by `least` for `patience` epochs, and gives the best weights back. */
  readonly earlyStopping?: { readonly patience: number; readonly least?: number }
  /** The learning rate by epoch; by step of the training where it is made `perStep`. Errors: `UsageError` for a rate below 0 or not finite. */
  readonly schedule?: Schedule | StepSchedule
  /** Weights averaged over epochs are validated and given back in place of the last ones. */
  readonly averaging?: Averaging
  /** A file to go on from, if it is there, and to write after every `every` epochs (default 1), at the end, and where the training is cancelled. */
  readonly checkpoint?: { readonly file: string; readonly every?: number }
}

export interface Trained {
  readonly weights: Weights
  readonly history: readonly EpochRecord[]
  readonly stopped: 'finished' | 'cancelled' | 'early'
  readonly memory: Memory
  /** What it was trained on. */
  readonly device: DeviceUse
}
