import { requireAlike } from './require-alike.ts'

/** Counts of yes (1) and no (0) at a threshold of the probability. */
export interface Confusion {
  readonly truePositive: number
  readonly falsePositive: number
  readonly falseNegative: number
  readonly trueNegative: number
}

export function confusion(actual: ArrayLike<number>, probability: ArrayLike<number>, threshold = 0.5): Confusion {
  const n = requireAlike(actual, probability)
  const counts = [0, 0, 0, 0] as [number, number, number, number]
  for (let i = 0; i < n; i++) {
    const cell = (actual[i] === 1 ? 0 : 1) + ((probability[i] as number) >= threshold ? 0 : 2)
    counts[cell] = (counts[cell] as number) + 1
  }
  return { truePositive: counts[0], falsePositive: counts[1], falseNegative: counts[2], trueNegative: counts[3] }
}

export function accuracy({ truePositive, falsePositive, falseNegative, trueNegative }: Confusion): number {
  return (truePositive + trueNegative) / (truePositive + falsePositive + falseNegative + trueNegative)
}

/** Of those said to come back, the share who did; 0 when nobody was said to. */
export function precision({ truePositive, falsePositive }: Confusion): number {
  return truePositive === 0 ? 0 : truePositive / (truePositive + falsePositive)
}

/** Of those who came back, the share said to; 0 when nobody came back. */
export function recall({ truePositive, falseNegative }: Confusion): number {
  return truePositive === 0 ? 0 : truePositive / (truePositive + falseNegative)
}

/** The harmonic mean of precision and recall. */
export function f1({ truePositive, falsePositive, falseNegative }: Confusion): number {
  return truePositive === 0 ? 0 : (2 * truePositive) / (2 * truePositive + falsePositive + falseNegative)
}
