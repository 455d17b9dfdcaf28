import type { EpochResult, Pass } from '../device.ts'

/** What an epoch of so many steps over so many rows answers where it ended. */
export function resultOf(pass: Pass, of: number, rows: number, batch: number): EpochResult {
  const seen = Math.min(rows, pass.steps * batch)
  const losses = pass.sums.map(sum => sum / seen)
  return { ...pass, loss: losses[0] as number, losses, of }
}
