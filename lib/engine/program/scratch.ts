import type { Kernel } from './kernels.ts'
import type { Program, Step } from './program.ts'

/** Rows that a recurrent kernel takes through time together (wasm/assembly/recurrent.ts). */
const BLOCK = 32

/** Steps of time, of one row or several, that one product of recurrent weights goes over. */
const STEPS = 128

/** Elements of the space that each thread of a kernel needs while it runs; 0 for most. */
export function scratchOf({ steps }: Program, kernel: Kernel): number {
  if (kernel.kind !== 'single') return 0
  const step = steps[kernel.step] as Step
  const shape = (input: number): readonly [number, number] =>
    (steps[step.inputs[input] as number] as Step).shape as readonly [number, number]
  switch (step.op) {
    case 'gru':
      return BLOCK * 5 * shape(1)[0]
    case 'lstm':
      return BLOCK * 4 * shape(1)[0]
    case 'gruSlopes':
      return shape(2)[0] * (3 * BLOCK + 1 + 3 * shape(2)[0])
    case 'gruWeights':
    case 'lstmWeights':
      return (step.op === 'gruWeights' ? 2 : 1) * Math.max(STEPS, shape(0)[1]) * (step.shape[0] as number)
    case 'lstmSlopes':
      return shape(2)[0] * (2 * BLOCK + 4 * shape(2)[0])
    default:
      return 0
  }
}
