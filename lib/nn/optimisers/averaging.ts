import type { Weights } from '../network.ts'
import { requireNumber } from './require-number.ts'

/** Weights averaged over epochs: a pure pair of first state and next state. Arithmetic in doubles. */
export interface Averaging {
  init(weights: Weights): AverageState
  /** The state after an epoch that ended with these weights; `epoch` counts from 0. */
  update(state: AverageState, weights: Weights, epoch: number): AverageState
}

export interface AverageState {
  /** The average so far. */
  readonly weights: Weights
  /** How many epochs are in it. */
  readonly count: number
}

const none = (weights: Weights): AverageState => ({ weights, count: 0 })

/**
 * decay · average + (1 - decay) · weights, begun with the first epoch's (Polyak and Juditsky 1992, with exponential forgetting). Errors: `UsageError` for a
 * decay outside [0, 1).
 */
export function exponentialAverage(decay: number): Averaging {
  requireNumber('exponentialAverage', 'decay', decay, decay >= 0 && decay < 1, 'a number from 0 up to, not including, 1')
  return {
    init: none,
    update: ({ weights: average, count }, weights) => ({
      weights: blend(average, weights, count === 0 ? 0 : decay),
      count: count + 1,
    }),
  }
}

/** The plain mean of the weights after epoch `from` (counted from 0) and later ones; until then those of the last epoch (Izmailov et al. 2018). */
export function stochasticWeightAverage(from: number): Averaging {
  return {
    init: none,
    update: ({ weights: average, count }, weights, epoch) =>
      epoch < from ? none(weights) : { weights: blend(average, weights, count / (count + 1)), count: count + 1 },
  }
}

function blend(average: Weights, weights: Weights, keep: number): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, values]) => {
      const old = average[name] as Float32Array
      return [name, keep === 0 ? values : values.map((value, i) => keep * (old[i] as number) + (1 - keep) * value)]
    }),
  )
}
