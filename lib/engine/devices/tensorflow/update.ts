import { pow } from '../../../numeric/index.ts'
import type { UpdateRule } from '../../program/update-rule.ts'
import type { Tensor, TensorFlow } from './api.ts'

/** A parameter and what its optimiser keeps of it. */
export interface Kept {
  readonly value: Tensor
  readonly first: Tensor
  readonly second: Tensor
}

/** One step of an optimiser. `step` counts from 1. */
export function update(tf: TensorFlow, rule: UpdateRule, rate: number, { value, first, second }: Kept, slope: Tensor, step: number): Kept {
  if (rule.kind === 'sgd') return { value: tf.sub(value, tf.mul(slope, rate)), first, second }
  if (rule.kind === 'momentum') {
    const velocity = tf.add(tf.mul(first, rule.momentum), slope)
    return { value: tf.sub(value, tf.mul(velocity, rate)), first: velocity, second }
  }
  const mean = tf.add(tf.mul(first, rule.beta1), tf.mul(slope, 1 - rule.beta1))
  const spread = tf.add(tf.mul(second, rule.beta2), tf.mul(tf.square(slope), 1 - rule.beta2))
  const scale = (rate * Math.sqrt(1 - pow(rule.beta2, step))) / (1 - pow(rule.beta1, step))
  const change = tf.div(tf.mul(mean, scale), tf.add(tf.sqrt(spread), rule.epsilon))
  return { value: tf.sub(rule.decay === 0 ? value : tf.mul(value, 1 - rate * rule.decay), change), first: mean, second: spread }
}
