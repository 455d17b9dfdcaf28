import type { Op } from '../graph/node.ts'
import type { Program, Step } from '../program/program.ts'
import { gru, lstm } from './recurrent.ts'
import type { OnnxWriter } from './writer.ts'

/** What an operation is told beside the names of its operands. */
export interface Place {
  readonly program: Program
  /** The operands as steps, for their shapes. */
  readonly operands: readonly Step[]
  readonly parameters: Readonly<Record<string, Float32Array>>
}

/** Writes an operation; answers the name of its value. */
type Operation<K extends Op> = (to: OnnxWriter, step: Step<K>, inputs: readonly string[], place: Place) => string

const FLOAT = { to: 1 } as const
const INT64 = { to: 7 } as const

const same =
  (operator: string): Operation<Op> =>
  (to, _step, inputs) =>
    to.node(operator, inputs)
const holds =
  (operator: string): Operation<Op> =>
  (to, _step, inputs) =>
    to.node('Cast', [to.node(operator, inputs)], FLOAT)

/** As rows and columns: a product takes three axes as (batch · time, columns). */
const flat = (to: OnnxWriter, x: string, { shape }: Step): string =>
  shape.length === 2 ? x : to.reshaped(x, ['batch', shape.at(-1) as number])
const turned = (to: OnnxWriter, x: string, turn: boolean): string => (turn ? to.node('Transpose', [x], { perm: [1, 0] }) : x)

/** Normal and uniform draws cannot be the same in another program's hands: they become inputs, for whoever runs the graph to draw. */
const drawn =
  (name: string): Operation<'normal' | 'uniform'> =>
  (to, { attributes, shape }) =>
    to.input(`${name}-${attributes.stream}`, shape)

/** What ONNX has of the engine's operations. Draws of dropout, and what only gradients need, are not among them. */
export const OPERATIONS: { readonly [K in Op]?: Operation<K> } = {
  input: (to, { attributes, shape }) => to.input(attributes.name, shape),
  parameter: (to, { attributes, shape }, _, { parameters }) =>
    to.tensor(attributes.name, shape as readonly number[], parameters[attributes.name] as Float32Array),
  constant: (to, { attributes, shape }) =>
    shape.every(dim => dim === 1)
      ? to.floats(`one ${attributes.value} ${shape.length}`, [...(shape as readonly number[])], Float32Array.of(attributes.value))
      : to.node('Expand', [to.number(attributes.value), to.shape(shape)]),
  rows: (to, { shape }) => to.reshaped(to.node('Cast', [to.rows()], FLOAT), shape),
  normal: drawn('normal'),
  uniform: drawn('uniform'),
  negate: same('Neg'),
  relu: same('Relu'),
  sigmoid: same('Sigmoid'),
  tanh: same('Tanh'),
  softplus: same('Softplus'),
  exp: same('Exp'),
  log: same('Log'),
  sqrt: same('Sqrt'),
  abs: same('Abs'),
  sign: same('Sign'),
  erf: same('Erf'),
  square: (to, _, [x]) => to.node('Mul', [x as string, x as string]),
  clip: (to, { attributes: { low, high } }, [x]) => to.node('Clip', [x as string, to.number(low), to.number(high)]),
  add: same('Add'),
  subtract: same('Sub'),
  multiply: same('Mul'),
  divide: same('Div'),
  maximum: same('Max'),
  minimum: same('Min'),
  greater: holds('Greater'),
  greaterEqual: holds('GreaterOrEqual'),
  equal: holds('Equal'),
  gate: (to, _, [x, y]) => to.node('Where', [to.node('Greater', [y as string, to.number(0)]), x as string, to.number(0)]),
  select: (to, _, [condition, x, y]) =>
    to.node('Where', [to.node('Equal', [condition as string, to.number(0)]), y as string, x as string]),
  product: (to, { attributes: { transposeA, transposeB }, shape }, [a, b], { operands: [left, right] }) => {
    const operands = [
      turned(to, flat(to, a as string, left as Step), transposeA),
      turned(to, flat(to, b as string, right as Step), transposeB),
    ]
    const made = to.node('MatMul', operands)
    return shape.length === 2 ? made : to.reshaped(made, shape)
  },
  sum: (to, { attributes }, [x]) => to.node('ReduceSum', [x as string, to.whole(attributes.axis)], { keepdims: 1 }),
  max: (to, { attributes }, [x]) => to.node('ReduceMax', [x as string], { axes: [attributes.axis], keepdims: 1 }),
  repeat: (to, { shape }, [x]) => to.node('Expand', [x as string, to.shape(shape)]),
  slice: (to, { attributes: { axis, start }, shape }, [x], { operands: [whole] }) => {
    // a recurrent operator gives its state alone
    if (axis === 2 && start === 0 && (whole?.op === 'gru' || whole?.op === 'lstm')) return x as string
    const end = start + (shape[axis] as number)
    return to.node('Slice', [x as string, to.whole(start), to.whole(end), to.whole(axis)])
  },
  pad: (to, { attributes: { axis, before, after }, shape }, [x]) => {
    const along = (count: number): readonly number[] => shape.map((_, i) => (i === axis ? count : 0))
    return to.node('Pad', [x as string, to.whole(...along(before), ...along(after))])
  },
  concat: (to, { attributes }, parts) => to.node('Concat', parts, { axis: attributes.axis }),
  transpose: (to, _, [x]) => turned(to, x as string, true),
  reshape: (to, { shape }, [x]) => to.reshaped(x as string, shape),
  gather: (to, { shape }, [table, numbers]) => {
    const rows = to.node('Cast', [to.reshaped(numbers as string, ['batch'])], INT64)
    return to.reshaped(to.node('Gather', [table as string, rows], { axis: 0 }), shape)
  },
  normalise: (to, { attributes: { each, epsilon }, shape }, [x]) => {
    const last = shape.length - 1
    const axes = each === 'row' ? [last] : Array.from({ length: last }, (_, axis) => axis)
    const mean = (of: string): string => to.node('ReduceMean', [of], { axes, keepdims: 1 })
    const centred = to.node('Sub', [x as string, mean(x as string)])
    const variance = mean(to.node('Mul', [centred, centred]))
    return to.node('Div', [centred, to.node('Sqrt', [to.node('Add', [variance, to.number(epsilon)])])])
  },
  gru: (to, { shape }, inputs) => gru(to, (shape.at(-1) as number) / 4, inputs),
  lstm: (to, { shape }, inputs) => lstm(to, (shape.at(-1) as number) / 6, inputs),
}
