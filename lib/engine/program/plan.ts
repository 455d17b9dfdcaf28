import { elements } from '../graph/shape.ts'
import { isCarrier } from './carriers.ts'
import { isTurned, kernels, resultOf, type Kernel } from './kernels.ts'
import type { Program, Step } from './program.ts'
import { scratchOf } from './scratch.ts'
import { isGiven } from './traits.ts'

/** Elements of a block of a group: small enough that a few of them stay in the nearest cache. */
const BLOCK = 2048

/** Bytes of sums over blocks of rows that a thread holds before all threads meet to add them up: a tenth of its cache, for the blocks need the rest. */
const HELD = 131072
/** Elements made before the blocks up to which each thread makes them for itself: it waits for no other, and has them in its cache. */
const LITTLE = 65536

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
  /** The first kernel that is run with each block of rows, the first one after them, and the first one that an update rides on. */
  readonly sections: readonly [blocks: number, after: number, carriers: number]
  /** Whether each thread makes for itself what comes before the blocks. */
  readonly each: boolean
  /** Blocks that are made between two meetings of the threads, each with a space for its sums. */
  readonly stretch: number
  /** Rows per block of each group, by kernel; 0 for other kernels. */
  readonly groups: readonly number[]
  /** By step; undefined for what never lies in memory, or lies elsewhere. */
  readonly places: readonly (Place | undefined)[]
  /** Places in the arena where what each block adds up over its rows is added up over the blocks, by step; undefined for a parameter's gradient. */
  readonly totals: ReadonlyMap<number, number | undefined>
  /** Places of the transposes of steps. */
  readonly turned: ReadonlyMap<number, Place>
  /** Steps that live only inside one block of their group; each thread has its own. */
  readonly local: ReadonlySet<number>
  /** The space that a kernel needs while it runs, and the bytes of each thread. */
  readonly scratch: readonly ((Place & { readonly bytes: number }) | undefined)[]
  readonly arenaBytes: number
  /** The same for the space of each thread, and for that of the sums of each block. */
  readonly ownBytes: number
  readonly sumsBytes: number
  /** Steps that write straight into the gradient of a parameter, by the parameter's position; undefined where a copy is needed. */
  readonly direct: readonly (number | undefined)[]
}

/** An offset in the arena, in the space that each thread has of its own, or in that of the sums of each block. */
export interface Place {
  readonly space: 'arena' | 'own' | 'sums'
  readonly offset: number
}

interface Buffer {
  readonly space: Place['space']
  readonly bytes: number
  readonly from: number
  readonly to: number
  offset: number
}

/** Plans the arena and the other spaces: a buffer is given up after its last reader, and its place is used again. */
export function plan(program: Program, { block, threads }: Setting): Plan {
  const { steps, training } = program
  const split = block < program.batch
  const made = kernels(program)
  const carries = (kernel: Kernel): boolean => !split && threads === 1 && isCarrier(program, kernel)
  const [blocks, after] = [made.blocks, made.after].map(each => each.filter(kernel => !carries(kernel))) as [Kernel[], Kernel[]]
  const { before } = made
  const list = [...before, ...blocks, ...after, ...made.blocks.filter(carries), ...made.after.filter(carries)]
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

  const each = split && elementsOf(program, before, block) <= LITTLE
  const isOwn = (k: number): boolean => split && (k >= first ? k < end : each)
  const spaces: Record<Place['space'], Buffer[]> = { arena: [], own: [], sums: [] }
  const reserve = (space: Place['space'], floats: number, from: number, to: number): Buffer => {
    // what is made before all blocks of rows must outlast them
    const last = split && from < first && to >= first ? Math.max(to, end - 1) : to
    const buffer = { space, bytes: wholeLines(floats * 4), from, to: last, offset: 0 }
    spaces[space].push(buffer)
    return buffer
  }
  const spaceOf = (k: number): Place['space'] => (isOwn(k) ? 'own' : 'arena')

  const local = new Set<number>()
  const buffers = new Map<number, Buffer>()
  const totals = new Map<number, Buffer | undefined>()
  steps.forEach((step, i) => {
    if (isGiven(step.op) || inside.has(i)) return
    const k = kernelOf.get(i) as number
    const summed = split && k >= first && k < end && step.shape[0] !== 'batch'
    if (outside.has(i) && !summed) return
    const kernel = list[k] as Kernel
    const readers = users[i] as number[]
    const last = kept.has(i) ? list.length : Math.max(k, ...readers)
    const size = elements(step.shape, block)
    if (summed) totals.set(i, outside.has(i) ? undefined : reserve('arena', size, first, last))
    if (kernel.kind === 'group' && !kept.has(i) && readers.every(reader => reader === k)) local.add(i)
    const group = (groups[k] as number) * (kernel.kind === 'group' ? kernel.columns : 0)
    const count = !local.has(i) ? size : threads > 1 && !isOwn(k) ? threads * group : Math.min(group, size)
    buffers.set(i, summed ? reserve('sums', size, k, list.length) : reserve(spaceOf(k), count, k, last))
  })
  const turned = new Map(
    [...turns].map(([step, k]) => {
      const readers = products[step] as number[]
      return [step, reserve(spaceOf(k), elements((steps[step] as Step).shape, block), k, Math.max(k, ...readers))]
    }),
  )
  const scratch = list.map((kernel, k) => {
    const floats = scratchOf(program, kernel)
    if (floats === 0) return undefined
    const bytes = wholeLines(4 * floats)
    return { each: bytes, buffer: reserve(spaceOf(k), (isOwn(k) ? 1 : threads) * (bytes / 4), k, k) }
  })
  const [arenaBytes, ownBytes, sumsBytes] = [place(spaces.arena), place(spaces.own), place(spaces.sums)]
  return {
    block,
    threads,
    split,
    kernels: list,
    sections: [first, end, end + after.length],
    each,
    stretch: stretchOf(Math.ceil(program.batch / block), threads, sumsBytes),
    groups,
    places: steps.map((_, i) => placeOf(buffers.get(i))),
    totals: new Map([...totals].map(([step, buffer]) => [step, buffer?.offset])),
    turned: new Map([...turned].map(([step, buffer]) => [step, placeOf(buffer)])),
    local,
    scratch: scratch.map(used => used && { ...placeOf(used.buffer), bytes: used.each }),
    arenaBytes,
    ownBytes,
    sumsBytes,
    direct,
  }
}

function placeOf<B extends Buffer | undefined>(buffer: B): Place | (B extends undefined ? undefined : never) {
  return (buffer && { space: buffer.space, offset: buffer.offset }) as Place
}

/** Elements that kernels make. */
function elementsOf({ steps }: Program, list: readonly Kernel[], block: number): number {
  return list.reduce(
    (all, kernel) => all + members(kernel).reduce((sum, i) => sum + elements((steps[i] as Step).shape, block), 0),
    0,
  )
}

/** As many blocks for each thread, and no more than its cache has room for; one where there is but one thread. */
function stretchOf(blocks: number, threads: number, sumsBytes: number): number {
  if (threads === 1) return 1
  return threads * Math.max(1, Math.min(Math.ceil(blocks / threads), Math.floor(HELD / Math.max(1, sumsBytes))))
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
