import { EngineError } from '../../../errors/index.ts'
import { cos, log } from '../../../numeric/index.ts'
import type { Op } from '../../graph/node.ts'
import { columnsOf, dimsOf } from '../../graph/shape.ts'
import type { Program, Step } from '../../program/program.ts'
import { dropThreshold, manyBits, randomBits, secondBits, type RandomKey } from '../../random.ts'
import type { Tensor, TensorFlow } from './api.ts'
import { gru, gruSlopes, gruWeights, lstm, lstmSlopes, lstmWeights } from './recurrent.ts'
import { normalise, normaliseSlopes } from './normalise.ts'
import { gatherRows, scatterAdd } from './rows.ts'

/** What a step needs beside its operands. */
export interface Surroundings {
  readonly rows: number
  readonly random: RandomKey
  readonly given: (op: 'input' | 'parameter', name: string) => Tensor
}

type Operation<K extends Op> = (
  tf: TensorFlow,
  step: Step<K>,
  dims: readonly number[],
  operands: readonly Tensor[],
  around: Surroundings,
) => Tensor

const TWO_PI = 6.283185307179586
const uniformOf = (bits: number): number => (bits >>> 8) / 16777216
const sizeOf = (dims: readonly number[]): number => dims.reduce((all, dim) => all * dim, 1)

const unary =
  (name: 'neg' | 'relu' | 'sigmoid' | 'tanh' | 'softplus' | 'exp' | 'log' | 'sqrt' | 'square' | 'abs' | 'sign' | 'erf') =>
  (tf: TensorFlow, _step: unknown, _dims: unknown, operands: readonly Tensor[]): Tensor =>
    tf[name](operands[0] as Tensor)
const binary =
  (name: 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum') =>
  (tf: TensorFlow, _step: unknown, _dims: unknown, operands: readonly Tensor[]): Tensor =>
    tf[name](operands[0] as Tensor, operands[1] as Tensor)
const holds =
  (name: 'greater' | 'greaterEqual' | 'equal') =>
  (tf: TensorFlow, _step: unknown, _dims: unknown, operands: readonly Tensor[]): Tensor =>
    tf.cast(tf[name](operands[0] as Tensor, operands[1] as Tensor), 'float32')

/** Element by element. */
function drawn(tf: TensorFlow, dims: readonly number[], draw: (i: number) => number): Tensor {
  const values = new Float32Array(sizeOf(dims))
  for (let i = 0; i < values.length; i++) values[i] = draw(i)
  return tf.tensor(values, dims)
}

/** Random numbers are drawn by the processor, for they must be the same bits on every device. */
const OPERATIONS: { readonly [K in Op]?: Operation<K> } = {
  input: (_tf, { attributes }, _dims, _, { given }) => given('input', attributes.name),
  parameter: (_tf, { attributes }, _dims, _, { given }) => given('parameter', attributes.name),
  constant: (tf, { attributes }, dims) => tf.fill(dims, attributes.value),
  rows: (tf, _, dims, __, { rows }) => tf.fill(dims, rows),
  dropoutMask: (tf, { attributes: { rate, stream } }, dims, _, { random }) => {
    const [limit, scale] = [dropThreshold(rate), 1 / (1 - rate)]
    const bits = manyBits(random, stream, sizeOf(dims))
    // a plain loop, for this is most of the time of a small step
    const mask = new Float32Array(bits.length)
    for (let i = 0; i < mask.length; i++) mask[i] = (bits[i] as number) >= limit ? scale : 0
    return tf.tensor(mask, dims)
  },
  uniform: (tf, { attributes }, dims, _, { random }) => {
    const bits = randomBits(random, attributes.stream)
    return drawn(tf, dims, i => uniformOf(bits(i)))
  },
  normal: (tf, { attributes: { stream } }, dims, _, { random }) => {
    const [first, second] = [randomBits(random, stream), secondBits(random, stream)]
    return drawn(tf, dims, i => Math.sqrt(-2 * log(1 - uniformOf(first(i)))) * cos(TWO_PI * uniformOf(second(i))))
  },
  negate: unary('neg'),
  relu: unary('relu'),
  sigmoid: unary('sigmoid'),
  tanh: unary('tanh'),
  softplus: unary('softplus'),
  exp: unary('exp'),
  log: unary('log'),
  sqrt: unary('sqrt'),
  square: unary('square'),
  abs: unary('abs'),
  sign: unary('sign'),
  erf: unary('erf'),
  clip: (tf, { attributes }, _dims, [x]) => tf.clipByValue(x as Tensor, attributes.low, attributes.high),
  add: binary('add'),
  subtract: binary('sub'),
  multiply: binary('mul'),
  divide: binary('div'),
  maximum: binary('maximum'),
  minimum: binary('minimum'),
  greater: holds('greater'),
  greaterEqual: holds('greaterEqual'),
  equal: holds('equal'),
  gate: (tf, _, dims, [x, y]) =>
    tf.where(whole(tf, tf.greater(y as Tensor, 0), dims), whole(tf, x as Tensor, dims), tf.zeros(dims)),
  select: (tf, _, dims, [condition, x, y]) =>
    tf.where(whole(tf, tf.notEqual(condition as Tensor, 0), dims), whole(tf, x as Tensor, dims), whole(tf, y as Tensor, dims)),
  product: (tf, { attributes: { transposeA, transposeB } }, dims, [a, b]) =>
    tf.reshape(tf.matMul(flat(tf, a as Tensor), flat(tf, b as Tensor), transposeA, transposeB), dims),
  sum: (tf, { attributes }, _dims, [x]) => tf.sum(x as Tensor, attributes.axis, true),
  max: (tf, { attributes }, _dims, [x]) => tf.max(x as Tensor, attributes.axis, true),
  repeat: (tf, _, dims, [x]) => tf.broadcastTo(x as Tensor, dims),
  slice: (tf, { attributes }, dims, [x]) =>
    tf.slice(
      x as Tensor,
      dims.map((_, axis) => (axis === attributes.axis ? attributes.start : 0)),
      dims,
    ),
  pad: (tf, { attributes }, dims, [x]) =>
    tf.pad(
      x as Tensor,
      dims.map((_, axis) => (axis === attributes.axis ? [attributes.before, attributes.after] : [0, 0])),
    ),
  concat: (tf, { attributes }, _dims, parts) => tf.concat(parts, attributes.axis),
  transpose: (tf, _, __, [x]) => tf.transpose(x as Tensor),
  reshape: (tf, _, dims, [x]) => tf.reshape(x as Tensor, dims),
  gather: (tf, _, dims, [table, numbers]) => gatherRows(tf, dims, table as Tensor, numbers as Tensor),
  scatterAdd: (tf, _, dims, [values, numbers]) => scatterAdd(tf, dims, flat(tf, values as Tensor), flat(tf, numbers as Tensor)),
  normalise: (tf, { attributes }, _, [x]) => normalise(tf, x as Tensor, attributes).normalised,
  normaliseSlopes: (tf, { attributes }, _, [g, x]) => normaliseSlopes(tf, g as Tensor, x as Tensor, attributes),
  gru: (tf, _, __, operands) => gru(tf, operands),
  gruSlopes: (tf, _, __, operands) => gruSlopes(tf, operands),
  gruWeights: (tf, _, __, operands) => gruWeights(tf, operands),
  lstm: (tf, _, __, operands) => lstm(tf, operands),
  lstmSlopes: (tf, _, __, operands) => lstmSlopes(tf, operands),
  lstmWeights: (tf, _, __, operands) => lstmWeights(tf, operands),
}

/** The value of every step. Errors: `EngineError` for an operation that this device lacks. */
export function evaluate(tf: TensorFlow, program: Program, around: Surroundings): readonly Tensor[] {
  const values: Tensor[] = []
  for (const step of program.steps) {
    const operation = OPERATIONS[step.op] as Operation<Op> | undefined
    if (operation === undefined) {
      throw new EngineError({
        code: 'unknown-operation',
        what: `the tensorflow device does not have "${step.op}"`,
        remedy: 'use the wasm device for this network',
      })
    }
    values.push(
      operation(
        tf,
        step,
        dimsOf(step.shape, around.rows),
        step.inputs.map(input => values[input] as Tensor),
        around,
      ),
    )
  }
  return values
}

/** Errors: `EngineError` that names the first operation of a program that this device lacks. */
export function requireOperations(program: Program): void {
  const missing = program.steps.find(({ op }) => OPERATIONS[op] === undefined)
  if (missing === undefined) return
  throw new EngineError({
    code: 'unknown-operation',
    what: `the tensorflow device does not have "${missing.op}" of shape (${missing.shape.join(', ')}, ${columnsOf(missing.shape)} columns)`,
    remedy: 'use the wasm device for this network',
  })
}

/** All of the axes but the last as one. */
function flat(tf: TensorFlow, x: Tensor): Tensor {
  const columns = x.shape.at(-1) as number
  return x.shape.length === 2 ? x : tf.reshape(x, [x.size / columns, columns])
}

function whole(tf: TensorFlow, x: Tensor, dims: readonly number[]): Tensor {
  return x.shape.length === dims.length && x.shape.every((dim, axis) => dim === dims[axis]) ? x : tf.broadcastTo(x, dims)
}
