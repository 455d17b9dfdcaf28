import { elements } from '../graph/shape.ts'
import { kernels, resultOf, type Kernel } from './kernels.ts'
import type { Program, Step } from './program.ts'
import { scratchOf } from './scratch.ts'
import { isGiven } from './traits.ts'

/** Elements of a block of a group: small enough that a few of them stay in the nearest cache. */
const BLOCK = 2048

/** Kernels and where each step's values lie. Offsets and lengths are bytes, multiples of 16. */
export interface Plan {
  readonly kernels: readonly Kernel[]
  /** Rows per block of each group, by kernel; 0 for other kernels. */
  readonly blocks: readonly number[]
  /** Offset in the arena by step; undefined for what never lies in memory or lies outside the arena. */
  readonly offsets: readonly (number | undefined)[]
  /** Steps that live only inside one block of their group. */
  readonly local: ReadonlySet<number>
  /** Offset of the space that a kernel needs while it runs. */
  readonly scratch: readonly (number | undefined)[]
  readonly arenaBytes: number
  /** Steps that write straight into the gradient of a parameter, by the parameter's position; undefined where a copy is needed. */
  readonly direct: readonly (number | undefined)[]
}

interface Buffer {
  readonly bytes: number
  readonly from: number
  to: number
  offset: number
}

/** Plans one arena: a buffer is given up after its last reader, and its place is used again. */
export function plan(program: Program): Plan {
  const { steps, batch, training } = program
  const list = kernels(program)
  const kernelOf = new Map<number, number>()
  list.forEach((kernel, k) => members(kernel).forEach(step => kernelOf.set(step, k)))
  const inside = new Set(list.flatMap(kernel => (kernel.kind === 'product' ? kernel.steps.slice(0, -1) : [])))
  const results = new Set([...program.outputs.map(port => port.step), ...(training === undefined ? [] : [training.loss])])
  const slopes = training?.gradients ?? []
  const direct = slopes.map((step, p) =>
    slopes.indexOf(step) === p && !results.has(step) && !isGiven((steps[step] as Step).op) ? step : undefined,
  )
  const outside = new Set(direct)
  const kept = new Set([...results, ...slopes.filter(step => !outside.has(step))])
  const users = steps.map((): number[] => [])
  steps.forEach((step, i) => step.inputs.forEach(input => users[input]?.push(kernelOf.get(i) as number)))
  const blocks = list.map(kernel => (kernel.kind === 'group' ? blockRows(kernel.columns, kernel.members.length) : 0))

  const local = new Set<number>()
  const buffers = new Map<number, Buffer>()
  steps.forEach((step, i) => {
    if (isGiven(step.op) || inside.has(i) || outside.has(i)) return
    const k = kernelOf.get(i) as number
    const kernel = list[k] as Kernel
    const readers = users[i] as number[]
    if (kernel.kind === 'group' && !kept.has(i) && readers.every(reader => reader === k)) local.add(i)
    const rows = blocks[k] as number
    const count =
      kernel.kind === 'group' && local.has(i)
        ? Math.min(rows * kernel.columns, elements(step.shape, batch))
        : elements(step.shape, batch)
    buffers.set(i, { bytes: round16(count * 4), from: k, to: kept.has(i) ? list.length : Math.max(k, ...readers), offset: 0 })
  })
  const scratch = list.map((kernel, k) => {
    const count = scratchOf(program, kernel)
    return count === 0 ? undefined : { bytes: round16(count * 4), from: k, to: k, offset: 0 }
  })
  const arenaBytes = place([...buffers.values(), ...scratch.filter(each => each !== undefined)])
  return {
    kernels: list,
    blocks,
    offsets: steps.map((_, i) => buffers.get(i)?.offset),
    local,
    scratch: scratch.map(each => each?.offset),
    arenaBytes,
    direct,
  }
}

function members(kernel: Kernel): readonly number[] {
  return kernel.kind === 'group' ? kernel.members : kernel.kind === 'product' ? kernel.steps : [resultOf(kernel)]
}

/** A multiple of 4 rows; everything at once where nothing is passed on. */
function blockRows(columns: number, count: number): number {
  return count === 1 ? 0x3fffffff : Math.max(4, Math.floor(BLOCK / columns / 4) * 4)
}

/** First fit, in the order of first use. Answers the length of the arena. */
function place(buffers: readonly Buffer[]): number {
  const placed: Buffer[] = []
  for (const buffer of [...buffers].sort((a, b) => a.from - b.from || b.bytes - a.bytes)) {
    const rivals = placed.filter(other => other.to >= buffer.from && other.from <= buffer.to).sort((a, b) => a.offset - b.offset)
    let offset = 0
    for (const rival of rivals) {
      if (offset + buffer.bytes <= rival.offset) break
      offset = Math.max(offset, rival.offset + rival.bytes)
    }
    buffer.offset = offset
    placed.push(buffer)
  }
  return placed.reduce((most, { offset, bytes }) => Math.max(most, offset + bytes), 0)
}

export function round16(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}
