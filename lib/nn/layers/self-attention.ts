import { add, concat, divide, exp, maximum, multiply, product, slice, subtract, sum, type Node } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import { glorotUniform, zeros } from '../initialisers.ts'
import type { Layer, Scope } from '../layer.ts'
import { requireWhole } from './require-numbers.ts'
import { joined, sequenceOf } from './time.ts'

export interface SelfAttentionOptions {
  /** Parts of the columns that attend each in its own way; default 1. `units` is a multiple of it. */
  readonly heads?: number
}

/**
 * Each step of time becomes a weighted mean of all steps, the weights softmax(q · k / √units of a head) (Vaswani et al. 2017, equation 1), then a
 * product with the output's weights: (batch, time, columns) to (batch, time, units). Errors: `EngineError` for units
 * or heads that are no whole number from 1, units that are no multiple of the heads, what has no axis of time.
 */
export function selfAttention(units: number, { heads = 1 }: SelfAttentionOptions = {}): Layer {
  requireWhole('self-attention', { units, heads })
  if (units % heads !== 0) {
    throw new EngineError({
      code: 'bad-heads',
      what: `${units} units in ${heads} heads`,
      remedy: 'make the units a multiple of the heads',
    })
  }
  const width = units / heads
  return {
    kind: 'self-attention',
    build: (x, scope) => {
      const { time, columns } = sequenceOf(x, 'self-attention')
      const [query, key, value] = ['query', 'key', 'value'].map(name => affine(scope, name, x, columns, units)) as [
        Node,
        Node,
        Node,
      ]
      const part = (all: Node, head: number): Node => slice(all, 2, head * width, (head + 1) * width)
      const means = Array.from({ length: heads }, (_, head) =>
        attend(multiply(part(query, head), 1 / Math.sqrt(width)), part(key, head), part(value, head), time),
      )
      return affine(scope, 'output', concat(means, 2), units, units)
    },
  }
}

function affine(scope: Scope, name: string, x: Node, columns: number, units: number): Node {
  return add(product(x, scope.parameter(name, columns, units, glorotUniform)), scope.parameter(`${name}-bias`, 1, units, zeros))
}

/** Steps that are asked lie along the last axis of the scores, those that answer along time. */
function attend(query: Node, key: Node, value: Node, time: number): Node {
  const steps = Array.from({ length: time }, (_, t) => t)
  const scores = concat(
    steps.map(t => sum(multiply(key, slice(query, 1, t, t + 1)), 2)),
    2,
  )
  const largest = joined(
    steps.map(t => slice(scores, 1, t, t + 1)),
    maximum,
  )
  const raised = exp(subtract(scores, largest))
  const weights = divide(raised, sum(raised, 1))
  return concat(
    steps.map(t => sum(multiply(slice(weights, 2, t, t + 1), value), 1)),
    1,
  )
}
