import type { OpAttributes } from '../../graph/node.ts'
import type { Tensor, TensorFlow } from './api.ts'

type Attributes = OpAttributes['normalise']

export function normalise(
  tf: TensorFlow,
  x: Tensor,
  attributes: Attributes,
): { readonly normalised: Tensor; readonly deviation: Tensor } {
  const centred = tf.sub(x, mean(tf, x, attributes))
  const deviation = tf.sqrt(tf.add(mean(tf, tf.square(centred), attributes), attributes.epsilon))
  return { normalised: tf.div(centred, deviation), deviation }
}

export function normaliseSlopes(tf: TensorFlow, g: Tensor, x: Tensor, attributes: Attributes): Tensor {
  const { normalised, deviation } = normalise(tf, x, attributes)
  const along = tf.mul(normalised, mean(tf, tf.mul(g, normalised), attributes))
  return tf.div(tf.sub(tf.sub(g, mean(tf, g, attributes)), along), deviation)
}

/** The means of what is normalised together. */
function mean(tf: TensorFlow, x: Tensor, { each }: Attributes): Tensor {
  const last = x.shape.length - 1
  const axes = each === 'row' ? [last] : x.shape.map((_, axis) => axis).slice(0, last)
  const count = axes.reduce((all, axis) => all * (x.shape[axis] as number), 1)
  return tf.div(
    axes.reduce((sum, axis) => tf.sum(sum, axis, true), x),
    count,
  )
}
