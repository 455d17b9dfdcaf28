import type { DeviceUse } from '../../engine/index.ts'
import type { EpochRecord, Weights } from '../../nn/index.ts'
import type { InputColumn } from '../inputs.ts'
import type { DnnSettings } from './settings.ts'

/** Both networks' losses, epoch by epoch: for charts of training. */
export interface DnnHistory {
  /** Binary cross-entropy of "buys again". */
  readonly returns: readonly EpochRecord[]
  /** Squared error of the standardised value. */
  readonly value: readonly EpochRecord[]
}

/** All that a fitted network is. */
export interface DnnState {
  readonly name: string
  readonly settings: DnnSettings
  readonly layout: readonly InputColumn[]
  /** Horizon that it was trained on, days. */
  readonly trained: number
  /** Of the value of the customers that fitted. */
  readonly scale: { readonly mean: number; readonly sd: number }
  readonly weights: { readonly returns: Weights; readonly value: Weights }
  readonly history: DnnHistory
  /** What both were trained on, where a device was asked for. */
  readonly device?: DeviceUse
}
