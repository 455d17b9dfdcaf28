import { pow } from '../../../numeric/index.ts'
import type { Clipping, UpdateRule } from '../../program/update-rule.ts'
import type { Tensor, TensorFlow } from './api.ts'

/** A parameter and what its optimiser keeps of it. */
export interface Kept {
  readonly value: Tensor
  readonly first: Tensor
  readonly second: Tensor
}

/** One step of an optimiser. `step` counts from 1. */
export function update(
  tf: TensorFlow,
  rule: UpdateRule,
  rate: number,
  { value, first, second }: Kept,
  slope: Tensor,
  step: number,
): Kept {
  switch (rule.kind) {
    case 'sgd':
      return { value: tf.sub(value, tf.mul(slope, rate)), first, second }
    case 'momentum':
    case 'nesterov': {
      const speed = tf.add(tf.mul(first, rule.momentum), slope)
      const move = rule.kind === 'momentum' ? speed : tf.add(slope, tf.mul(speed, rule.momentum))
      return { value: tf.sub(value, tf.mul(move, rate)), first: speed, second }
    }
    case 'rmsprop': {
      const spread = tf.add(tf.mul(first, rule.rho), tf.mul(tf.square(slope), 1 - rule.rho))
      return { value: tf.sub(value, tf.div(tf.mul(slope, rate), tf.sqrt(tf.add(spread, rule.epsilon)))), first: spread, second }
    }
    default: {
      const { beta1, beta2, epsilon } = rule
      const mean = tf.add(tf.mul(first, beta1), tf.mul(slope, 1 - beta1))
      const spread = tf.add(tf.mul(second, beta2), tf.mul(tf.square(slope), 1 - beta2))
      const scale = rate * Math.sqrt(1 - pow(beta2, step))
      const here = scale / (1 - pow(beta1, step))
      const ahead =
        rule.kind === 'adam'
          ? tf.mul(mean, here)
          : tf.add(tf.mul(mean, (scale * beta1) / (1 - pow(beta1, step + 1))), tf.mul(slope, (1 - beta1) * here))
      const shrink = rule.kind === 'adam' ? 1 - rate * rule.decay : 1
      return {
        value: tf.sub(shrink === 1 ? value : tf.mul(value, shrink), tf.div(ahead, tf.add(tf.sqrt(spread), epsilon))),
        first: mean,
        second: spread,
      }
    }
  }
}

/** The sum of scalars, two by two: a graphics card cannot take many operands at once. */
export function total(tf: TensorFlow, scalars: readonly Tensor[]): Tensor {
  return scalars.reduce((sum, each) => tf.add(sum, each))
}

/** The gradients of all that is trained, held back. */
export function clipped(tf: TensorFlow, clip: Clipping | undefined, slopes: readonly Tensor[]): readonly Tensor[] {
  if (clip === undefined) return slopes
  const { by, limit } = clip
  if (by === 'value') return slopes.map(slope => tf.clipByValue(slope, -limit, limit))
  const norm = tf.sqrt(
    total(
      tf,
      slopes.map(slope => tf.sum(tf.square(slope))),
    ),
  )
  const share = tf.minimum(tf.div(limit, norm), tf.tensor([1], []))
  return slopes.map(slope => tf.mul(slope, share))
}
