import { columnsOf, elements, sizeOf } from '../graph/shape.ts'
import type { Program, Step } from './program.ts'
import { phasesOf } from './phases.ts'
import { sectionsOf } from './sections.ts'

/** Bytes of all that a block makes: they are to stay in a core's own caches. */
const CACHE = 1 << 21

/** No fewer rows than this: each block reads all weights again. */
const LEAST = 256

/** Rows of a batch that are run together, a multiple of 16; the whole batch where it is small or cannot be cut. How many does not show in the bits. */
export function blockRows(program: Program, threads = 1): number {
  const phases = phasesOf(program)
  if (phases.some(phase => !sectionsOf(phase).divisible)) return program.batch
  const rowBytes = Math.max(...phases.map(bytesOfRow))
  const fitting = Math.floor((threads * CACHE) / rowBytes / 16) * 16
  return Math.min(program.batch, Math.max(threads * LEAST, fitting))
}

function bytesOfRow({ steps }: Program): number {
  return steps.reduce((all, { shape }) => all + (sizeOf(shape).perRow ? 4 * elements(shape, 1) : 0), 4)
}

/** Floating-point operations of one step of training, roughly: two for each term of a product, one for everything else. */
export function workOf(program: Program): number {
  return phasesOf(program).reduce(
    (all, { steps, batch }) => all + steps.reduce((sum, step) => sum + workOfStep(steps, step, batch), 0),
    0,
  )
}

function workOfStep(steps: readonly Step[], { op, inputs, shape, attributes }: Step, batch: number): number {
  const size = elements(shape, batch)
  const sizeOfInput = (i: number): number => elements((steps[inputs[i] as number] as Step).shape, batch)
  switch (op) {
    case 'product': {
      const { transposeA } = attributes as { readonly transposeA: boolean }
      const [left] = inputs
      const columns = columnsOf((steps[left as number] as Step).shape)
      return 2 * size * (transposeA ? sizeOfInput(0) / columns : columns)
    }
    case 'gru':
    case 'lstm':
    case 'gruSlopes':
    case 'lstmSlopes': {
      const units = (steps[inputs[op.endsWith('Slopes') ? 2 : 1] as number] as Step).shape[0] as number
      return 2 * size * units
    }
    case 'gruWeights':
    case 'lstmWeights':
      return 2 * sizeOfInput(1) * (shape[0] as number)
    default:
      return op === 'input' || op === 'parameter' || op === 'constant' ? 0 : size
  }
}
