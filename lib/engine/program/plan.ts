import { elements } from '../graph/shape.ts'
import { isTurned, kernels, resultOf, type Kernel } from './kernels.ts'
import type { Program, Step } from './program.ts'
import { scratchOf } from './scratch.ts'
import { isGiven } from './traits.ts'

/** Elements of a block of a group: small enough that a few of them stay in the nearest cache. */
const BLOCK = 2048

/** How a program is to be run. */
export interface Setting {
  /** Rows of a batch that are run together. */
  readonly block: number
  readonly threads: number
}

/** Kernels and where each step's values lie. Offsets and lengths are bytes, multiples of 16. */
export interface Plan extends Setting {
  /** Those of all sections, one after another. */
  readonly kernels: readonly Kernel[]
  /** The first kernel that is run with each block of rows, and the first one after them. */
  readonly sections: readonly [blocks: number, after: number]
  /** Rows per block of each group, by kernel; 0 for other kernels. */
  readonly blocks: readonly number[]
  /** Offset in the arena by step; undefined for what never lies in memory or lies outside the arena. */
  readonly offsets: readonly (number | undefined)[]
  /** Offset of the transpose of a step. */
  readonly turned: ReadonlyMap<number, number>
  /** Steps that live only inside one block of their group; each thread has its own. */
  readonly local: ReadonlySet<number>
  /** The space that a kernel needs while it runs: its offset, and the bytes of each thread. */
  readonly scratch: readonly (Scratch | undefined)[]
  readonly arenaBytes: number
  /** Steps that write straight into the gradient of a parameter, by the parameter's position; undefined where a copy is needed. */
  readonly direct: readonly (number | undefined)[]
}

export interface Scratch {
  readonly offset: number
  readonly bytes: number
}

interface Buffer {
  readonly bytes: number
  from: number
  to: number
  offset: number
}

/** Plans one arena: a buffer is given up after its last reader, and its place is used again. */
export function plan(program: Program, { block, threads }: Setting): Plan {
  const { steps, training } = program
  const { before, blocks: inBlocks, after } = kernels(program)
  const list = [...before, ...inBlocks, ...after]
  const [first, end] = [before.length, before.length + inBlocks.length]
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
  const users = steps.map((): number[] => [])
  const products = steps.map((): number[] => [])
  steps.forEach((step, i) => {
    const reader = kernelOf.get(i) as number
    const isProduct = step.op === 'product' && isTurned(program, step as Step<'product'>)
    step.inputs.forEach((input, position) => {
      if (isProduct && position === 1) {
        users[input]?.push(turns.get(input) as number)
        products[input]?.push(reader)
      } else users[input]?.push(reader)
    })
  })
  const blocks = list.map(kernel => (kernel.kind === 'group' ? blockRows(kernel.columns, kernel.members.length) : 0))

  const local = new Set<number>()
  const buffers = new Map<number, Buffer>()
  steps.forEach((step, i) => {
    if (isGiven(step.op) || inside.has(i) || outside.has(i)) return
    const k = kernelOf.get(i) as number
    const kernel = list[k] as Kernel
    const readers = users[i] as number[]
    if (kernel.kind === 'group' && !kept.has(i) && readers.every(reader => reader === k)) local.add(i)
    const size = elements(step.shape, block)
    const ownRows = (blocks[k] as number) * (kernel.kind === 'group' ? kernel.columns : 0)
    const count = !local.has(i) ? size : threads > 1 ? threads * ownRows : Math.min(ownRows, size)
    buffers.set(
      i,
      throughBlocks(step, {
        bytes: round16(count * 4),
        from: k,
        to: kept.has(i) ? list.length : Math.max(k, ...readers),
        offset: 0,
      }),
    )
  })
  const turned = new Map<number, Buffer>()
  for (const [step, k] of turns) {
    const { shape } = steps[step] as Step
    const readers = products[step] as number[]
    turned.set(
      step,
      throughBlocks(
        { shape: [1, 1] },
        { bytes: round16(elements(shape, block) * 4), from: k, to: Math.max(k, ...readers), offset: 0 },
      ),
    )
  }
  const scratch = list.map((kernel, k) => {
    const bytes = round16(4 * scratchOf(program, kernel))
    return bytes === 0 ? undefined : { each: bytes, bytes: bytes * threads, from: k, to: k, offset: 0 }
  })
  const arenaBytes = place([...buffers.values(), ...turned.values(), ...scratch.filter(each => each !== undefined)])
  return {
    block,
    threads,
    kernels: list,
    sections: [first, end],
    blocks,
    offsets: steps.map((_, i) => buffers.get(i)?.offset),
    turned: new Map([...turned].map(([step, { offset }]) => [step, offset])),
    local,
    scratch: scratch.map(each => each && { offset: each.offset, bytes: each.each }),
    arenaBytes,
    direct,
  }

  /** What holds no rows and is made before the blocks, or added up over them, must outlast them all. */
  function throughBlocks({ shape }: Pick<Step, 'shape'>, buffer: Buffer): Buffer {
    if (block >= program.batch || shape[0] === 'batch' || buffer.from >= end || buffer.to < first) return buffer
    return { ...buffer, from: Math.min(buffer.from, first), to: Math.max(buffer.to, end - 1) }
  }
}

function members(kernel: Kernel): readonly number[] {
  return kernel.kind === 'group'
    ? kernel.members
    : kernel.kind === 'product'
      ? kernel.steps
      : [kernel.kind === 'turn' ? kernel.step : resultOf(kernel)]
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
