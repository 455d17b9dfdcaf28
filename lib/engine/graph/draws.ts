import { add, greater, log, maximum, multiply, negate, type Operand } from './elementwise.ts'
import type { Node } from './node.ts'
import type { Shape } from './shape.ts'
import { softmax } from './softmax.ts'
import { randomUniform } from './sources.ts'

/** Standard Gumbel, -log(-log u), fixed by seed, step and stream. */
export function randomGumbel(shape: Shape, stream: number): Node {
  // no u is 0 or 1
  const u = maximum(randomUniform(shape, stream), 1 / 33554432)
  return negate(log(negate(log(u))))
}

/** 1 with the given probability, else 0; no gradient flows to the probability. */
export function randomBernoulli(probability: Operand, shape: Shape, stream: number): Node {
  return greater(probability, randomUniform(shape, stream))
}

/** A soft choice among the columns (Jang et al. 2017, equation 2): softmax((logits + Gumbel) / temperature). */
export function gumbelSoftmax(logits: Node, temperature: number, stream: number): Node {
  return softmax(multiply(add(logits, randomGumbel(logits.shape, stream)), 1 / temperature))
}
