import { columnsOf, elements } from '../graph/shape.ts'
import type { Program, Step } from './program.ts'
import { phasesOf, trainedBy } from './phases.ts'
import { sectionsOf } from './sections.ts'

/** Floating-point operations that a block is worth: tens of microseconds, against a meeting of the threads. */
const WORTH = 7e6
/** The same for each trained value, which every block has a sum of its own for. */
const WORTH_PER_PARAMETER = 500
const LEAST = 64

/**
 * Rows of a batch that are run together: enough to be worth it, few enough to stay in a core's caches; and of blocks a power of two, so that several
 * cores have as many each. Depends on nothing but the program, for sums over the rows are added up block by block. The whole batch where it is
 * small or cannot be cut.
 */
export function blockRows(program: Program): number {
  const phases = phasesOf(program)
  if (phases.some(phase => !sectionsOf(phase).divisible)) return program.batch
  const rows = Math.max(
    LEAST,
    ...phases.map(phase => {
      const work = workOfPhase(phase) / phase.batch
      const trained = trainedBy(phase).reduce((all, port) => all + elements((phase.steps[port.step] as Step).shape, 1), 0)
      return Math.max(WORTH / work, (WORTH_PER_PARAMETER * trained) / work)
    }),
  )
  let blocks = 1
  while (program.batch >= 2 * blocks * rows) blocks *= 2
  return blocks === 1 ? program.batch : Math.ceil(program.batch / blocks / 16) * 16
}

/** Floating-point operations of one step of training, roughly: two for each term of a product, one for everything else. */
export function workOf(program: Program): number {
  return phasesOf(program).reduce((all, phase) => all + workOfPhase(phase), 0)
}

function workOfPhase({ steps, batch }: Program): number {
  return steps.reduce((sum, step) => sum + workOfStep(steps, step, batch), 0)
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
