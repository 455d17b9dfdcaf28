import type { DeviceUse } from '../../engine/index.ts'
import type { EpochRecord, Weights } from '../../nn/index.ts'
import type { SequenceSettings } from './settings.ts'
import type { WeekLayout } from './weeks.ts'

/** All that a fitted sequence model is. */
export interface SequenceState {
  readonly name: string
  readonly settings: SequenceSettings
  readonly layout: WeekLayout
  /** Horizon that it was trained on, days. */
  readonly trained: number
  /** Spend is measured in this unit: the geometric mean of what was spent by those who spent. */
  readonly unit: number
  /** The largest log spend, in units, of those that fitted: no mean is foretold beyond it. */
  readonly ceiling: number
  readonly weights: Weights
  readonly history: readonly EpochRecord[]
  /** What it was trained on, where a device was asked for. */
  readonly device?: DeviceUse
}
