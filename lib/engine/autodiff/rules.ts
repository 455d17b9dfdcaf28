import { pad, reshape, slice, transpose } from '../graph/arrange.ts'
import {
  divide,
  equal,
  exp,
  gate,
  greater,
  greaterEqual,
  multiply,
  negate,
  select,
  sigmoid,
  sign,
  square,
  subtract,
} from '../graph/elementwise.ts'
import { node, operand, type Node, type Op } from '../graph/node.ts'
import { product } from '../graph/product.ts'
import { repeat, sum } from '../graph/reduce.ts'
import { gather, scatterAdd } from '../graph/rows.ts'
import { asShape, type Dim } from '../graph/shape.ts'
import type { Rule } from './rule.ts'
import { gruRule, lstmRule } from './recurrent.ts'

const TWO_BY_ROOT_PI = 1.1283791670955126

const none = (): readonly undefined[] => []
const x = (y: Node): Node => operand(y, 0)
const second = (y: Node): Node => operand(y, 1)

/** One rule for each operation there is: an operation without one does not compile. */
export const RULES: { readonly [K in Op]: Rule<K> } = {
  input: none,
  parameter: none,
  constant: none,
  rows: none,
  dropoutMask: none,
  uniform: none,
  normal: none,

  negate: (_, g) => [negate(g)],
  relu: (y, g) => [gate(g, y)],
  sigmoid: (y, g) => [multiply(g, multiply(y, subtract(1, y)))],
  tanh: (y, g) => [multiply(g, subtract(1, multiply(y, y)))],
  softplus: (y, g) => [multiply(g, sigmoid(x(y)))],
  exp: (y, g) => [multiply(g, y)],
  log: (y, g) => [divide(g, x(y))],
  sqrt: (y, g) => [divide(multiply(g, 0.5), y)],
  square: (y, g) => [multiply(g, multiply(x(y), 2))],
  abs: (y, g) => [multiply(g, sign(x(y)))],
  sign: none,
  erf: (y, g) => [multiply(g, multiply(exp(negate(square(x(y)))), TWO_BY_ROOT_PI))],
  clip: (y, g) => {
    const { low, high } = y.attributes
    return [multiply(g, multiply(greaterEqual(x(y), low), greaterEqual(high, x(y))))]
  },

  add: (_, g) => [g, g],
  subtract: (_, g) => [g, negate(g)],
  multiply: (y, g) => [multiply(g, second(y)), multiply(g, x(y))],
  divide: (y, g) => [divide(g, second(y)), negate(divide(multiply(g, y), second(y)))],
  maximum: (y, g) => [multiply(g, greaterEqual(x(y), second(y))), multiply(g, greater(second(y), x(y)))],
  minimum: (y, g) => [multiply(g, greaterEqual(second(y), x(y))), multiply(g, greater(x(y), second(y)))],
  greater: none,
  greaterEqual: none,
  equal: none,
  gate: (y, g) => [gate(g, second(y))],
  select: (y, g) => [undefined, select(x(y), g, 0), select(x(y), 0, g)],

  product: (y, g) => {
    const { transposeA, transposeB } = y.attributes
    const [a, b] = [x(y), second(y)]
    const forA = transposeA
      ? product(b, g, { transposeA: transposeB, transposeB: true })
      : product(g, b, { transposeB: !transposeB })
    const forB = transposeB
      ? product(g, a, { transposeA: true, transposeB: transposeA })
      : product(a, g, { transposeA: !transposeA })
    return [reshape(forA, a.shape), reshape(forB, b.shape)]
  },
  sum: (y, g) => [repeat(g, y.attributes.axis, x(y).shape[y.attributes.axis] as Dim)],
  max: (y, g) => {
    const largest = equal(x(y), y)
    return [multiply(divide(g, sum(largest, y.attributes.axis)), largest)]
  },
  repeat: (y, g) => [sum(g, y.attributes.axis)],
  slice: (y, g) => {
    const { axis, start } = y.attributes
    const [whole, part] = [x(y).shape[axis] as number, y.shape[axis] as number]
    return [pad(g, axis, start, whole - start - part)]
  },
  pad: (y, g) => {
    const { axis, before } = y.attributes
    return [slice(g, axis, before, before + (x(y).shape[axis] as number))]
  },
  concat: (y, g) => {
    let at = 0
    return y.inputs.map(({ shape }) => {
      const start = at
      at += shape[y.attributes.axis] as number
      return slice(g, y.attributes.axis, start, at)
    })
  },
  transpose: (_, g) => [transpose(g)],
  reshape: (y, g) => [reshape(g, x(y).shape)],
  stopGradient: none,
  gather: (y, g) => [scatterAdd(g, second(y), x(y).shape[0] as number), undefined],
  scatterAdd: (y, g) => [gather(g, second(y)), undefined],

  normalise: (y, g) => [node('normaliseSlopes', [g, x(y)], y.shape, y.attributes)],
  // these by way of what they come to (expansions.ts)
  normaliseSlopes: none,
  gruSlopes: none,
  gruWeights: none,
  lstmSlopes: none,
  lstmWeights: none,

  gru: gruRule,
  lstm: lstmRule,
}

/** A gradient brought back to the shape of an operand that was repeated to meet the others. */
export function unrepeat(g: Node, to: Node): Node {
  const missing = g.shape.length - to.shape.length
  let result = g
  g.shape.forEach((dim, axis) => {
    if (dim !== (to.shape[axis - missing] ?? 1)) result = sum(result, axis)
  })
  return missing > 0 ? reshape(result, asShape('gradient', result.shape.slice(missing))) : result
}
