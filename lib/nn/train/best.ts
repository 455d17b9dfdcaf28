import type { Weights } from '../network.ts'

/** The best epoch so far, counted from 0. */
export interface Best {
  readonly loss: number
  readonly epoch: number
  readonly weights: Weights
}

/** The better of what was best and an epoch just made; one that improves by less than `least` is no better. */
export function better(best: Best | undefined, now: Best, least = 0): Best {
  return best === undefined || now.loss < best.loss - least ? now : best
}

/** Whether none of the last `patience` epochs was the best, after `done` epochs. */
export function exhausted(best: Best | undefined, done: number, patience: number): boolean {
  return best !== undefined && done - 1 - best.epoch >= patience
}
