import { sizeOf } from '../graph/shape.ts'
import { phasesOf } from '../program/phases.ts'
import type { Program } from '../program/program.ts'

/** From this width of both sides of a product on, native code led by so much on the machines that were measured (bench/devices.ts, the widest network). */
const WIDE = 256
const LEAD = '2 to 10'

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
