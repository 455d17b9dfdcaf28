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

export const negate = unary('negate')
/** max(x, 0). */
export const relu = unary('relu')
/** 1 / (1 + e^-x). */
export const sigmoid = unary('sigmoid')
export const tanh = unary('tanh')
/** log(1 + e^x), without overflow. */
export const softplus = unary('softplus')
export const exp = unary('exp')
export const log = unary('log')
export const sqrt = unary('sqrt')
export const square = unary('square')
export const abs = unary('abs')
/** -1, 0 or 1. */
export const sign = unary('sign')
/** The error function 2/√π ∫₀ˣ e^(-t²) dt. */
export const erf = unary('erf')

export const add = binary('add')
export const subtract = binary('subtract')
export const multiply = binary('multiply')
export const divide = binary('divide')
export const maximum = binary('maximum')
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
