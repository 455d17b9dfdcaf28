import { sizeOf } from '../graph/shape.ts'
import type { Program } from './program.ts'

/**
 * When a step is computed, where the rows of a batch are run in blocks: once before them, with each block, or once after the last one. A step of the
 * blocks answers rows, or adds up over them; then the sums of the blocks are added up in their order.
 */
export type Section = 'before' | 'blocks' | 'after'

export interface Sections {
  readonly of: readonly Section[]
  /** Whether the rows can be cut at all: not where they depend on a sum over all of them, as batch normalisation does. */
  readonly divisible: boolean
}

export function sectionsOf({ steps }: Program): Sections {
  const of: Section[] = []
  const summed: boolean[] = []
  for (const { op, inputs, shape, attributes } of steps) {
    const perRow = sizeOf(shape).perRow
    const fromRows = inputs.some(input => sizeOf(steps[input]?.shape ?? []).perRow)
    const fromSums = inputs.some(input => summed[input] === true)
    if ((fromSums && (perRow || fromRows)) || ('each' in attributes && attributes.each === 'column' && perRow))
      return { of: steps.map(() => 'blocks'), divisible: false }
    summed.push(!perRow && (fromRows || fromSums))
    of.push(perRow || fromRows || op === 'input' ? 'blocks' : fromSums ? 'after' : 'before')
  }
  return { of, divisible: true }
}
