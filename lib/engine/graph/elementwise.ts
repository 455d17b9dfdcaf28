import { EngineError } from '../../errors/index.ts'
import { node, type Node, type Op } from './node.ts'
import { broadcastShapes } from './shape.ts'
import { constant } from './sources.ts'

/** A node, or a number that stands for the same value everywhere. */
export type Operand = Node | number

const asNode = (value: Operand): Node => (typeof value === 'number' ? constant(value) : value)

type Unary = 'negate' | 'relu' | 'sigmoid' | 'tanh' | 'softplus' | 'exp' | 'log' | 'sqrt' | 'square' | 'abs' | 'sign' | 'erf'
type Binary = 'add' | 'subtract' | 'multiply' | 'divide' | 'maximum' | 'minimum' | 'greater' | 'greaterEqual' | 'equal' | 'gate'

const unary =
  (op: Unary) =>
  (x: Node): Node =>
    node<Op>(op, [x], x.shape, {})

const binary =
  (op: Binary) =>
  (a: Operand, b: Operand): Node => {
    const operands = [asNode(a), asNode(b)]
    return node<Op>(
      op,
      operands,
      broadcastShapes(
        op,
        operands.map(each => each.shape),
      ),
      {},
    )
  }

/** -x. Like all functions of one node: value by value, of the same shape. */
export const negate = unary('negate')
/** max(x, 0). */
export const relu = unary('relu')
/** 1 / (1 + e^-x). */
export const sigmoid = unary('sigmoid')
/** (e^x - e^-x) / (e^x + e^-x). */
export const tanh = unary('tanh')
/** log(1 + e^x), without overflow. */
export const softplus = unary('softplus')
/** e^x. */
export const exp = unary('exp')
/** The natural logarithm: -Infinity at 0, NaN below. */
export const log = unary('log')
/** The square root: NaN below 0. */
export const sqrt = unary('sqrt')
/** x². */
export const square = unary('square')
/** |x|; its derivative is `sign`. */
export const abs = unary('abs')
/** -1, 0 or 1. */
export const sign = unary('sign')
/** The error function 2/√π ∫₀ˣ e^(-t²) dt. */
export const erf = unary('erf')

/** a + b. Like all functions of two nodes or numbers: value by value, axes that agree, or are 1 and repeated. Errors: `EngineError` for shapes that do not meet. */
export const add = binary('add')
/** a - b. Shapes and errors as of `add`. */
export const subtract = binary('subtract')
/** a · b, value by value (`product` is that of matrices). Shapes and errors as of `add`. */
export const multiply = binary('multiply')
/** a / b: infinite or NaN where b is 0. Shapes and errors as of `add`. */
export const divide = binary('divide')
/** The larger of a and b. Shapes and errors as of `add`. */
export const maximum = binary('maximum')
/** The smaller of a and b. Shapes and errors as of `add`. */
export const minimum = binary('minimum')
/** 1 where a > b, else 0. */
export const greater = binary('greater')
/** 1 where a >= b, else 0. */
export const greaterEqual = binary('greaterEqual')
/** 1 where a = b, else 0. */
export const equal = binary('equal')
/** a where b > 0, else 0: the derivative of ReLU met with a gradient. */
export const gate = binary('gate')

/** x held within [low, high]; its derivative is 1 inside and on the bounds, 0 outside. Errors: `EngineError` for bounds in the wrong order. */
export function clip(x: Node, low: number, high: number): Node {
  if (!(low <= high))
    throw new EngineError({
      code: 'bad-clip',
      what: `cannot hold within ${low} and ${high}`,
      remedy: 'give the lower bound first',
    })
  return node('clip', [x], x.shape, { low, high })
}

/** a where the condition is not 0, else b. */
export function select(condition: Node, a: Operand, b: Operand): Node {
  const operands = [condition, asNode(a), asNode(b)]
  return node(
    'select',
    operands,
    broadcastShapes(
      'select',
      operands.map(each => each.shape),
    ),
    {},
  )
}
