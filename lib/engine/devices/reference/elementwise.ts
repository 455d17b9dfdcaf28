import type { Op, OpAttributes } from '../../graph/node.ts'
import { erf, exp, log, sigmoid, softplus, tanh } from '../../../numeric/index.ts'

type Scalar = (x: number, y: number, z: number, attributes: OpAttributes[Op]) => number

const holds = (condition: boolean): number => (condition ? 1 : 0)

/** Elementwise operations on single numbers. */
export const SCALARS: Readonly<Partial<Record<Op, Scalar>>> = {
  negate: x => -x,
  relu: x => Math.max(x, 0),
  sigmoid: x => sigmoid(x),
  tanh: x => tanh(x),
  softplus: x => softplus(x),
  exp: x => exp(x),
  log: x => log(x),
  sqrt: x => Math.sqrt(x),
  square: x => x * x,
  abs: x => Math.abs(x),
  sign: x => holds(x > 0) - holds(x < 0),
  erf: x => erf(x),
  clip: (x, _y, _z, attributes) => {
    const { low, high } = attributes as OpAttributes['clip']
    return Math.min(Math.max(x, low), high)
  },
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  divide: (x, y) => x / y,
  maximum: (x, y) => Math.max(x, y),
  minimum: (x, y) => Math.min(x, y),
  greater: (x, y) => holds(x > y),
  greaterEqual: (x, y) => holds(x >= y),
  equal: (x, y) => holds(x === y),
  gate: (x, y) => (y > 0 ? x : 0),
  select: (x, y, z) => (x !== 0 ? y : z),
}
