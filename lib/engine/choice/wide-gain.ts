import { sizeOf } from '../graph/shape.ts'
import { phasesOf } from '../program/phases.ts'
import type { Program } from '../program/program.ts'

/** From this width of both sides of a product on native code leads. */
const WIDE = 256
/**
 * By how much, for 256-1024-1024-1 at batch 1024 on an AMD EPYC of two cores at rest: TensorFlow 33 to 41 ms a step, these kernels 55 to 62 on two threads
 * and 108 to 110 on one, what ReLU made zero left out. An Intel Xeon with AVX-512 took the same 38 to 42.
 */
const LEAD = '1.5 to 3'

/** What a wide network would gain from a native device that is not there; undefined where there would be nothing to gain. */
export function wideGain(program: Program, native: boolean): string | undefined {
  if (native || !phasesOf(program).some(isWide)) return undefined
  return `a native TensorFlow would train a network this wide about ${LEAD} times as fast (\`clvlab doctor --install tensorflow\`)`
}

function isWide({ steps, batch }: Program): boolean {
  return steps.some(step => {
    if (step.op !== 'product') return false
    const [first] = step.inputs
    const { count, perRow } = sizeOf(step.shape)
    const columns = step.shape.at(-1) as number
    const rows = (perRow ? count * batch : count) / columns
    const inner = sizeOf(steps[first as number]?.shape ?? [1, 1])
    const depth = (inner.perRow ? inner.count * batch : inner.count) / rows
    return columns >= WIDE && rows >= WIDE && depth >= WIDE
  })
}
