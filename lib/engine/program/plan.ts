import { elements } from '../graph/shape.ts'
import { isTurned, kernels, resultOf, type Kernel } from './kernels.ts'
import type { Program, Step } from './program.ts'
import { scratchOf } from './scratch.ts'
import { isGiven } from './traits.ts'

/** Elements of a block of a group: small enough that a few of them stay in the nearest cache. */
const BLOCK = 2048

/** How a program is to be run. */
export interface Setting {
  /** Rows of a batch that are run together; where they are fewer than the batch, each thread runs blocks in a space of its own. */
  readonly block: number
  readonly threads: number
}

/** Kernels and where each step's values lie. Offsets and lengths are bytes, multiples of 64. */
export interface Plan extends Setting {
  /** Whether batches are cut into blocks. */
  readonly split: boolean
  /** Those of all sections, one after another. */
  readonly kernels: readonly Kernel[]
  /** The first kernel that is run with each block of rows, and the first one after them. */
  readonly sections: readonly [blocks: number, after: number]
  /** Rows per block of each group, by kernel; 0 for other kernels. */
  readonly groups: readonly number[]
  /** By step; undefined for what never lies in memory, or lies elsewhere. */
  readonly places: readonly (Place | undefined)[]
  /** Places in the arena where what each block adds up over its rows is added up over the blocks, by step; undefined for a parameter's gradient. */
  readonly totals: ReadonlyMap<number, number | undefined>
  /** Offset in the arena of the transpose of a step. */
  readonly turned: ReadonlyMap<number, number>
  /** Steps that live only inside one block of their group; each thread has its own. */
  readonly local: ReadonlySet<number>
  /** The space that a kernel needs while it runs, and the bytes of each thread. */
  readonly scratch: readonly ((Place & { readonly bytes: number }) | undefined)[]
  readonly arenaBytes: number
  /** The same for the space of each thread. */
  readonly ownBytes: number
  /** Steps that write straight into the gradient of a parameter, by the parameter's position; undefined where a copy is needed. */
  readonly direct: readonly (number | undefined)[]
}

/** An offset in the arena, or in the space that each thread has of its own. */
export interface Place {
  readonly offset: number
  readonly own: boolean
}

interface Buffer {
  readonly bytes: number
  readonly from: number
  readonly to: number
  offset: number
}

/** Plans one arena, and one space a thread: a buffer is given up after its last reader, and its place is used again. */
export function plan(program: Program, { block, threads }: Setting): Plan {
  const { steps, training } = program
  const split = block < program.batch
  const { before, blocks, after } = kernels(program)
  const list = [...before, ...blocks, ...after]
  const [first, end] = [before.length, before.length + blocks.length]
  const kernelOf = new Map<number, number>()
  const turns = new Map<number, number>()
  list.forEach((kernel, k) => members(kernel).forEach(step => (kernel.kind === 'turn' ? turns : kernelOf).set(step, k)))
  const inside = new Set(list.flatMap(kernel => (kernel.kind === 'product' ? kernel.steps.slice(0, -1) : [])))
  const results = new Set([...program.outputs.map(port => port.step), ...(training === undefined ? [] : [training.loss])])
  const slopes = training?.gradients ?? []
  const direct = slopes.map((step, p) =>
    slopes.indexOf(step) === p && !results.has(step) && !isGiven((steps[step] as Step).op) ? step : undefined,
  )
  const outside = new Set(direct)
  const kept = new Set([...results, ...slopes.filter(step => !outside.has(step))])
  const { users, products } = readersOf(program, kernelOf, turns)
  const groups = list.map(kernel => (kernel.kind === 'group' ? groupRows(kernel.columns, kernel.members.length) : 0))

  const shared: Buffer[] = []
  const own: Buffer[] = []
  const isOwn = (k: number): boolean => split && k >= first && k < end
  const reserve = (space: Buffer[], floats: number, from: number, to: number): Buffer => {
    // what is made before all blocks of rows must outlast them
    const last = split && from < first && to >= first ? Math.max(to, end - 1) : to
    const buffer = { bytes: wholeLines(floats * 4), from, to: last, offset: 0 }
    space.push(buffer)
    return buffer
  }

  const local = new Set<number>()
  const buffers = new Map<number, { readonly buffer: Buffer; readonly own: boolean }>()
  const totals = new Map<number, Buffer | undefined>()
  steps.forEach((step, i) => {
    if (isGiven(step.op) || inside.has(i)) return
    const k = kernelOf.get(i) as number
    const summed = isOwn(k) && step.shape[0] !== 'batch'
    if (outside.has(i) && !summed) return
    const kernel = list[k] as Kernel
    const readers = users[i] as number[]
    const last = kept.has(i) ? list.length : Math.max(k, ...readers)
    const size = elements(step.shape, block)
    if (summed) totals.set(i, outside.has(i) ? undefined : reserve(shared, size, first, last))
    if (kernel.kind === 'group' && !kept.has(i) && readers.every(reader => reader === k)) local.add(i)
    const group = (groups[k] as number) * (kernel.kind === 'group' ? kernel.columns : 0)
    const count = !local.has(i) ? size : threads > 1 && !isOwn(k) ? threads * group : Math.min(group, size)
    buffers.set(i, { buffer: reserve(isOwn(k) ? own : shared, count, k, summed ? list.length : last), own: isOwn(k) })
  })
  const turned = new Map(
    [...turns].map(([step, k]) => {
      const readers = products[step] as number[]
      return [step, reserve(shared, elements((steps[step] as Step).shape, block), k, Math.max(k, ...readers))]
    }),
  )
  const scratch = list.map((kernel, k) => {
    const floats = scratchOf(program, kernel)
    if (floats === 0) return undefined
    const bytes = wholeLines(4 * floats)
    return { bytes, buffer: reserve(isOwn(k) ? own : shared, (isOwn(k) ? 1 : threads) * (bytes / 4), k, k), own: isOwn(k) }
  })
  const [arenaBytes, ownBytes] = [place(shared), place(own)]
  return {
    block,
    threads,
    split,
    kernels: list,
    sections: [first, end],
    groups,
    places: steps.map((_, i) => placeOf(buffers.get(i))),
    totals: new Map([...totals].map(([step, buffer]) => [step, buffer?.offset])),
    turned: new Map([...turned].map(([step, { offset }]) => [step, offset])),
    local,
    scratch: scratch.map(each => each && { ...placeOf(each), bytes: each.bytes }),
    arenaBytes,
    ownBytes,
    direct,
  }
}

function placeOf<B extends { readonly buffer: Buffer; readonly own: boolean } | undefined>(
  placed: B,
): Place | (B extends undefined ? undefined : never) {
  return (placed && { offset: placed.buffer.offset, own: placed.own }) as Place
}

/** The kernels that read each step, and the products that read its transpose. */
function readersOf(
  program: Program,
  kernelOf: ReadonlyMap<number, number>,
  turns: ReadonlyMap<number, number>,
): { readonly users: readonly number[][]; readonly products: readonly number[][] } {
  const users = program.steps.map((): number[] => [])
  const products = program.steps.map((): number[] => [])
  program.steps.forEach((step, i) => {
    const reader = kernelOf.get(i) as number
    const turned = step.op === 'product' && isTurned(program, step as Step<'product'>)
    step.inputs.forEach((input, position) => {
      users[input]?.push(turned && position === 1 ? (turns.get(input) as number) : reader)
      if (turned && position === 1) products[input]?.push(reader)
    })
  })
  return { users, products }
}

function members(kernel: Kernel): readonly number[] {
  return kernel.kind === 'group'
    ? kernel.members
    : kernel.kind === 'product'
      ? kernel.steps
      : [kernel.kind === 'turn' ? kernel.step : resultOf(kernel)]
}

/** A multiple of 4 rows; everything at once where nothing is passed on. */
function groupRows(columns: number, count: number): number {
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

/** Bytes of as many lines of a cache: a vector never lies across two, and two threads never write to one. */
export function wholeLines(bytes: number): number {
  return Math.ceil(bytes / 64) * 64
}

export function round16(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}
