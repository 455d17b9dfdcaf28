import { elements, sizeOf } from '../../graph/shape.ts'
import { isTurned, resultOf, type Kernel } from '../../program/kernels.ts'
import type { Plan } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import type { Addresses } from './addresses.ts'

/** Bytes that a kernel touches. */
interface Touch {
  readonly from: number
  readonly to: number
  readonly writes: boolean
  /** How the threads share them; touches from one address on in one way meet no other thread's. Undefined: any thread may touch any of them. */
  readonly way: string | undefined
}

/**
 * The kernels before which the threads of a step must meet: those that touch what another thread has touched since they last met. Kernels that each only pass on rows of the batch need none: a thread keeps to its own rows.
 */
export function meetings(
  program: Program,
  plan: Plan,
  addresses: Addresses,
  { from, to }: { readonly from: number; readonly to: number },
): ReadonlySet<number> {
  const result = new Set<number>()
  let since: Touch[] = []
  for (let k = from; k < to; k++) {
    const now = touches(program, plan, addresses, plan.kernels[k] as Kernel, k)
    if (now.some(touch => since.some(other => clash(touch, other)))) {
      result.add(k)
      since = []
    }
    since.push(...now)
  }
  return result
}

function clash(a: Touch, b: Touch): boolean {
  if (a.to <= b.from || b.to <= a.from || !(a.writes || b.writes)) return false
  return a.way === undefined || a.way !== b.way || a.from !== b.from
}

function touches(program: Program, plan: Plan, addresses: Addresses, kernel: Kernel, k: number): readonly Touch[] {
  const { steps } = program
  const at = (i: number): Step => steps[i] as Step
  const outputs = kernel.kind === 'group' ? kernel.members : [kernel.kind === 'turn' ? kernel.step : resultOf(kernel)]
  const [first] = outputs as readonly [number]
  const byRows = kernel.kind !== 'turn' && sizeOf(at(first).shape).perRow && !byColumns(at(first))
  const touch = (i: number, writes: boolean): Touch => {
    const { count, perRow } = sizeOf(at(i).shape)
    const from = addresses.step(i)
    return {
      from,
      to: from + 4 * elements(at(i).shape, plan.block),
      writes,
      way: byRows && perRow ? `rows of ${count}` : undefined,
    }
  }
  const space = (from: number, each: number): Touch => ({
    from,
    to: from + each * plan.threads,
    writes: true,
    way: `${each} bytes`,
  })
  switch (kernel.kind) {
    case 'turn': {
      const read = touch(kernel.step, false)
      const from = addresses.turned(kernel.step)
      return [read, { from, to: from + read.to - read.from, writes: true, way: undefined }]
    }
    case 'group': {
      const inside = new Set(kernel.members)
      const reads = kernel.members.flatMap(i => at(i).inputs).filter(i => !inside.has(i))
      const bytes = 4 * (plan.groups[k] as number) * kernel.columns
      return [
        ...reads.map(i => touch(i, false)),
        ...outputs.map(i => (plan.local.has(i) ? space(addresses.step(i), bytes) : touch(i, true))),
      ]
    }
    case 'product': {
      const step = at(kernel.product) as Step<'product'>
      const [a, b] = step.inputs as readonly [number, number]
      const right = touch(b, false)
      const from = isTurned(program, step) ? addresses.turned(b) : undefined
      return [
        touch(a, false),
        from === undefined ? right : { ...right, from, to: from + right.to - right.from, way: undefined },
        ...(kernel.bias === undefined ? [] : [touch(kernel.bias, false)]),
        touch(resultOf(kernel), true),
      ]
    }
    default: {
      const [scratch, each] = addresses.scratch(k)
      const spaces = each === 0 ? [] : [space(scratch, each)]
      return [...at(kernel.step).inputs.map(i => touch(i, false)), touch(kernel.step, true), ...spaces]
    }
  }
}

/** Whether the threads share the columns of a step and not its rows. */
const byColumns = ({ attributes }: Step): boolean => 'each' in attributes && attributes.each === 'column'
