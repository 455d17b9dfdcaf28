import { EngineError } from '../../../errors/index.ts'
import type { OpAttributes } from '../../graph/node.ts'
import { matrixOf } from '../../graph/product.ts'
import { columnsOf, sameShape, sizeOf, type Dim, type Shape, type Size } from '../../graph/shape.ts'
import { isTurned, resultOf, type FusedProduct, type Group, type Kernel } from '../../program/kernels.ts'
import type { Plan } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import { zeros } from '../../program/zeros.ts'
import { dropThreshold } from '../../random.ts'
import type { Addresses } from './addresses.ts'
import { meetings } from './meetings.ts'
import { ELEMENT, INSTRUCTION, MODE, RIDING } from './opcodes.ts'

/** Kernels from one up to another, and what they are run by. */
export interface Part {
  readonly from: number
  readonly to: number
  /** Threads that share each instruction. */
  readonly threads: number
}

const bits = new DataView(new ArrayBuffer(4))

function floatBits(value: number): number {
  bits.setFloat32(0, value)
  return bits.getInt32(0)
}

/** A size as a word; the sign bit marks a multiple of the rows in the batch. */
const word = ({ count, perRow }: Size): number => (perRow ? count | 0x80000000 : count)
const fixed = (count: number): Size => ({ count, perRow: false })

/** The instructions of a part of a planned program, as 32-bit words. Errors: `EngineError` for an operation without a kernel. */
export function encode(program: Program, plan: Plan, addresses: Addresses, part: Part): number[] {
  const { emit, meet, words } = writer(part.threads)
  const sparse = zeros(program)
  const meets = part.threads > 1 ? meetings(program, plan, addresses, part) : new Set<number>()
  for (let k = part.from; k < part.to; k++) {
    const kernel = plan.kernels[k] as Kernel
    if (meets.has(k)) meet()
    if (kernel.kind === 'group')
      emit(
        INSTRUCTION.group,
        word(kernel.rows),
        kernel.columns,
        plan.groups[k] as number,
        ...kernel.members.flatMap(step => member(program, plan, addresses, kernel, step)),
      )
    else if (kernel.kind === 'product') emit(INSTRUCTION.product, ...productWords(program, addresses, kernel, sparse))
    else if (kernel.kind === 'turn') {
      const { rows, columns } = matrixOf((program.steps[kernel.step] as Step).shape)
      emit(
        INSTRUCTION.transpose,
        addresses.step(kernel.step),
        addresses.turned(kernel.step),
        word(sizeOf(rows)),
        word(sizeOf(columns)),
      )
    } else single(program, addresses, resultOf(kernel), addresses.scratch(k), emit, meet)
  }
  return words
}

/** The instructions that bring gradients to their parameters which do not lie there. */
export function encodeGradients(program: Program, plan: Plan, addresses: Addresses, threads: number): number[] {
  const { emit, meet, words } = writer(threads)
  const moved = program.training?.gradients.flatMap((step, p) => (plan.direct[p] === step ? [] : [[step, p] as const])) ?? []
  if (moved.length > 0) meet()
  for (const [step, p] of moved) {
    const size = word(sizeOf((program.steps[step] as Step).shape))
    emit(INSTRUCTION.copy, addresses.step(step), addresses.gradient(p), 1, size, 0, 0)
  }
  return words
}

function writer(threads: number): { readonly emit: Emit; readonly meet: () => void; readonly words: number[] } {
  const words: number[] = []
  const emit: Emit = (code, ...operands) => void words.push(code, operands.length + 2, ...operands)
  return { emit, meet: () => (threads > 1 ? emit(INSTRUCTION.meet) : undefined), words }
}

type Emit = (code: number, ...operands: number[]) => void

function member(program: Program, plan: Plan, addresses: Addresses, group: Group, index: number): number[] {
  const step = program.steps[index] as Step
  const code = ELEMENT[step.op]
  if (code === undefined) throw unknown(step)
  const place = (at: number): number => (plan.local.has(at) ? MODE.local : MODE.full)
  const head = [code, addresses.step(index), place(index)]
  if (step.op === 'dropoutMask') {
    const { rate, stream } = step.attributes as OpAttributes['dropoutMask']
    return [...head, stream, 0, dropThreshold(rate) | 0, 0, 0, 0, floatBits(1 / (1 - rate)), 0]
  }
  if (step.op === 'uniform' || step.op === 'normal')
    return [...head, (step.attributes as OpAttributes['uniform']).stream, 0, 0, 0, 0, 0, 0, 0]
  // operations of fewer than three operands read their first one again
  const operands = [0, 1, 2].map(i => step.inputs[i] ?? (step.inputs[0] as number))
  const { low, high } = step.op === 'clip' ? (step.attributes as OpAttributes['clip']) : { low: 0, high: 0 }
  return [
    ...head,
    ...operands.flatMap(at => {
      const mode = modeOf((program.steps[at] as Step).shape, step.shape, group)
      return [addresses.step(at), mode === MODE.full ? place(at) : mode]
    }),
    floatBits(low),
    floatBits(high),
  ]
}

function modeOf(own: Shape, result: Shape, { rows, columns }: Group): number {
  if (sameShape(own, result)) return MODE.full
  if (own.every(dim => dim === 1)) return MODE.scalar
  if (columnsOf(own) === 1) return columns === 1 ? MODE.full : MODE.column
  return !rows.perRow && rows.count === 1 ? MODE.full : MODE.row
}

function productWords(program: Program, addresses: Addresses, kernel: FusedProduct, sparse: readonly boolean[]): number[] {
  const step = program.steps[kernel.product] as Step<'product'>
  const { transposeA } = step.attributes
  const [a, b] = step.inputs as readonly [number, number]
  const { rows, columns } = matrixOf(step.shape)
  const left = matrixOf((program.steps[a] as Step).shape)
  const activation = kernel.activation === undefined ? undefined : (program.steps[kernel.activation] as Step).op
  return [
    addresses.step(a),
    (transposeA ? 1 : 0) | (sparse[a] === true ? 2 : 0),
    isTurned(program, step) ? addresses.turned(b) : addresses.step(b),
    addresses.step(resultOf(kernel)),
    word(sizeOf(rows)),
    word(sizeOf(columns)),
    word(sizeOf(transposeA ? left.rows : left.columns)),
    kernel.bias === undefined ? 0 : addresses.step(kernel.bias),
    activation === undefined ? 0 : (RIDING[activation] as number),
  ]
}

function single(
  program: Program,
  addresses: Addresses,
  index: number,
  scratch: readonly [address: number, bytes: number],
  emit: Emit,
  meet: () => void,
): void {
  const step = program.steps[index] as Step
  const out = addresses.step(index)
  const source = (i: number): number => addresses.step(step.inputs[i] as number)
  const shapeOf = (i: number): Shape => (program.steps[step.inputs[i] as number] as Step).shape
  const spans = (shape: Shape, axis: number): [Size, Dim, Size] => [
    sizeOf(shape.slice(0, axis)),
    shape[axis] as Dim,
    sizeOf(shape.slice(axis + 1)),
  ]
  switch (step.op) {
    case 'rows':
      return emit(INSTRUCTION.rows, out)
    case 'sum':
    case 'max':
    case 'repeat': {
      const [outer, length, inner] = spans(
        step.op !== 'repeat' ? shapeOf(0) : step.shape,
        (step.attributes as OpAttributes['sum']).axis,
      )
      return emit(INSTRUCTION[step.op], source(0), out, word(outer), word(sizeOf([length])), word(inner))
    }
    case 'normalise':
    case 'normaliseSlopes': {
      const { each, epsilon } = step.attributes as OpAttributes['normalise']
      const rows = sizeOf(step.shape.slice(0, -1))
      const [first, second = 0] = step.inputs.map((_, i) => source(i))
      const by = each === 'column' ? 1 : 0
      return emit(INSTRUCTION[step.op], first as number, second, out, word(rows), columnsOf(step.shape), by, floatBits(epsilon))
    }
    case 'gather':
    case 'scatterAdd':
      return emit(
        INSTRUCTION[step.op],
        source(0),
        source(1),
        out,
        (step.op === 'gather' ? shapeOf(0) : step.shape)[0] as number,
        columnsOf(step.shape),
        word(sizeOf(shapeOf(1))),
      )
    case 'gruWeights':
    case 'lstmWeights':
      return emit(
        INSTRUCTION[step.op],
        source(0),
        source(1),
        out,
        word(sizeOf(shapeOf(0).slice(0, 1))),
        shapeOf(0)[1] as number,
        step.shape[0] as number,
        ...scratch,
      )
    case 'gru':
    case 'gruSlopes':
    case 'lstm':
    case 'lstmSlopes': {
      const [rows, time, columns] = step.shape as readonly [Dim, number, number]
      const sources = step.inputs.map((_, i) => source(i))
      return emit(
        INSTRUCTION[step.op],
        ...sources,
        out,
        word(sizeOf([rows])),
        time,
        columns / { gru: 4, gruSlopes: 3, lstm: 6, lstmSlopes: 4 }[step.op],
        ...scratch,
      )
    }
    case 'reshape':
      return emit(INSTRUCTION.copy, source(0), out, 1, word(sizeOf(step.shape)), 0, 0)
    case 'transpose':
      return emit(INSTRUCTION.transpose, source(0), out, word(sizeOf(shapeOf(0).slice(0, 1))), columnsOf(shapeOf(0)))
    case 'slice': {
      const { axis, start } = step.attributes as OpAttributes['slice']
      const [outer, , inner] = spans(step.shape, axis)
      const run = scaled(inner, step.shape[axis] as number)
      return emit(
        INSTRUCTION.copy,
        source(0) + start * inner.count * 4,
        out,
        word(outer),
        word(run),
        word(scaled(inner, shapeOf(0)[axis] as number)),
        word(run),
      )
    }
    case 'pad': {
      const { axis, before } = step.attributes as OpAttributes['pad']
      const [outer, , inner] = spans(shapeOf(0), axis)
      const run = scaled(inner, shapeOf(0)[axis] as number)
      emit(INSTRUCTION.zero, out, word(sizeOf(step.shape)))
      if (!sizeOf(step.shape).perRow) meet()
      return emit(
        INSTRUCTION.copy,
        source(0),
        out + before * inner.count * 4,
        word(outer),
        word(run),
        word(run),
        word(scaled(inner, step.shape[axis] as number)),
      )
    }
    case 'concat': {
      const { axis } = step.attributes as OpAttributes['concat']
      const [outer, , inner] = spans(step.shape, axis)
      let at = out
      step.inputs.forEach((_, i) => {
        const run = scaled(inner, shapeOf(i)[axis] as number)
        emit(INSTRUCTION.copy, source(i), at, word(outer), word(run), word(run), word(scaled(inner, step.shape[axis] as number)))
        at += run.count * 4
      })
      return undefined
    }
    default:
      throw unknown(step)
  }
}

const scaled = (size: Size, by: number): Size => (size.perRow ? { ...size, count: size.count * by } : fixed(size.count * by))

function unknown({ op }: Step): EngineError {
  return new EngineError({
    code: 'unknown-operation',
    what: `the wasm device does not know "${op}"`,
    remedy: 'use the version of clvlab that made the program',
  })
}
