import type { EpochResult, Pass } from '../device.ts'

/** The mean of each loss over the rows that the steps of a pass have seen, the last batch perhaps shorter. */
export function meanLosses({ steps, sums }: Pass, rows: number, batch: number): readonly number[] {
  const seen = Math.min(rows, steps * batch)
  return sums.map(sum => sum / seen)
}

/** What an epoch of so many steps over so many rows answers where it ended. */
export function resultOf(pass: Pass, of: number, rows: number, batch: number): EpochResult {
  const losses = meanLosses(pass, rows, batch)
  return { ...pass, loss: losses[0] as number, losses, of }
}
