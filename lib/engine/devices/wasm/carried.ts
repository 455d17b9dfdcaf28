import { resultOf, type FusedProduct } from '../../program/kernels.ts'
import { wholeLines, type Plan } from '../../program/plan.ts'
import type { Program } from '../../program/program.ts'

/** A parameter in its region: bytes, and floats. */
interface Trained {
  readonly offset: number
  readonly length: number
}

/**
 * What the update of a phase needs to know where parts of it ride on products (wasm/assembly/learn.ts): where the instructions of these end, how many
 * pieces of the region lie between what they update, and of each piece the first float and the floats.
 */
export function carriedTable(program: Program, plan: Plan, trained: readonly Trained[], floats: number, end: number): number[] {
  const gradients = program.training?.gradients ?? []
  const carriers = plan.kernels.slice(plan.sections[2]).map(kernel => gradients.indexOf(resultOf(kernel as FusedProduct)))
  const pieces: number[] = []
  let from = 0
  trained.forEach(({ offset, length }, p) => {
    if (!carriers.includes(p)) return
    if (offset / 4 > from) pieces.push(from, offset / 4 - from)
    from = (offset + wholeLines(4 * length)) / 4
  })
  if (floats > from) pieces.push(from, floats - from)
  return [end, pieces.length / 2, ...pieces]
}
