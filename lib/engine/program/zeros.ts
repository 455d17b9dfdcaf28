import type { Op } from '../graph/node.ts'
import type { Program, Step } from './program.ts'

/** Many of their elements are 0 whatever goes in. */
const MAKERS: ReadonlySet<Op> = new Set<Op>(['relu', 'gate', 'dropoutMask', 'equal'])

/** 0 where their first operand is 0. */
const KEEPERS: ReadonlySet<Op> = new Set<Op>([
  'negate',
  'sqrt',
  'square',
  'abs',
  'sign',
  'divide',
  'slice',
  'reshape',
  'transpose',
  'pad',
])

/** Steps of which much is 0 in most runs, as it is behind ReLU and dropout: a product may leave out what they add to it. */
export function zeros({ steps }: Program): readonly boolean[] {
  const found: boolean[] = []
  const at = ({ inputs }: Step, i: number): boolean => found[inputs[i] as number] === true
  for (const step of steps)
    found.push(
      MAKERS.has(step.op) ||
        (KEEPERS.has(step.op) && at(step, 0)) ||
        (step.op === 'multiply' && (at(step, 0) || at(step, 1))) ||
        (step.op === 'concat' && step.inputs.every((_, i) => at(step, i))),
    )
  return found
}
