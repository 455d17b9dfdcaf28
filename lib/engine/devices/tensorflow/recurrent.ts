import type { Operand, Tensor, TensorFlow } from './api.ts'

/** Step t of (batch, time, columns) as (batch, columns). */
function stepOf(tf: TensorFlow, x: Tensor, t: number): Tensor {
  const [rows, , columns] = x.shape as readonly [number, number, number]
  return tf.reshape(tf.slice(x, [0, t, 0], [rows, 1, columns]), [rows, columns])
}

/** Parts `units` wide that lie side by side. */
function partsOf(tf: TensorFlow, x: Tensor, units: number): (index: number, width?: number) => Tensor {
  return (index, width = 1) => tf.slice(x, [0, index * units], [x.shape[0] as number, width * units])
}

function overTime(tf: TensorFlow, steps: readonly Tensor[]): Tensor {
  return tf.concat(
    steps.map(step => tf.reshape(step, [step.shape[0] as number, 1, step.shape[1] as number])),
    1,
  )
}

const forward = (time: number): readonly number[] => Array.from({ length: time }, (_, t) => t)
const product = (tf: TensorFlow, a: Tensor, b: Tensor, transposeB = false): Tensor => tf.matMul(a, b, false, transposeB)
const all = (tf: TensorFlow, first: Operand, ...others: readonly Operand[]): Tensor =>
  others.reduce((a: Operand, b) => tf.mul(a, b), first) as Tensor
/** x (1 - x), and 1 - x². */
const bell = (tf: TensorFlow, x: Tensor): Tensor => tf.mul(x, tf.sub(1, x))
const cap = (tf: TensorFlow, x: Tensor): Tensor => tf.sub(1, tf.square(x))

/** h, z, r, candidate of each step: graph/recurrent.ts has the equations. */
export function gru(tf: TensorFlow, [seen, gates, candidate]: readonly Tensor[]): Tensor {
  const [rows, time] = (seen as Tensor).shape as readonly [number, number]
  const units = (candidate as Tensor).shape[0] as number
  let h = tf.zeros([rows, units])
  return overTime(
    tf,
    forward(time).map(t => {
      const s = partsOf(tf, stepOf(tf, seen as Tensor, t), units)
      const open = partsOf(tf, tf.sigmoid(tf.add(s(0, 2), product(tf, h, gates as Tensor))), units)
      const [z, r] = [open(0), open(1)]
      const c = tf.tanh(tf.add(s(2), product(tf, tf.mul(r, h), candidate as Tensor)))
      h = tf.add(c, tf.mul(z, tf.sub(h, c)))
      return tf.concat([h, z, r, c], 1)
    }),
  )
}

/** The chain rule back through `gru`. */
export function gruSlopes(tf: TensorFlow, [slope, made, gates, candidate]: readonly Tensor[]): Tensor {
  const [rows, time, units] = (slope as Tensor).shape as readonly [number, number, number]
  let carried = tf.zeros([rows, units])
  const steps = forward(time)
    .toReversed()
    .map(t => {
      const part = partsOf(tf, stepOf(tf, made as Tensor, t), units)
      const [z, r, c] = [part(1), part(2), part(3)]
      const h = t === 0 ? tf.zeros([rows, units]) : partsOf(tf, stepOf(tf, made as Tensor, t - 1), units)(0)
      const g = tf.add(stepOf(tf, slope as Tensor, t), carried)
      const toCandidate = all(tf, g, tf.sub(1, z), cap(tf, c))
      const toReset = product(tf, toCandidate, candidate as Tensor, true)
      const toGates = tf.concat([all(tf, g, tf.sub(h, c), bell(tf, z)), all(tf, toReset, h, bell(tf, r))], 1)
      carried = tf.add(tf.add(tf.mul(g, z), tf.mul(toReset, r)), product(tf, toGates, gates as Tensor, true))
      return tf.concat([toGates, toCandidate], 1)
    })
  return overTime(tf, steps.toReversed())
}

/** h, c, i, f, candidate, o of each step. */
export function lstm(tf: TensorFlow, [seen, weights]: readonly Tensor[]): Tensor {
  const [rows, time] = (seen as Tensor).shape as readonly [number, number]
  const units = (weights as Tensor).shape[0] as number
  let [h, c] = [tf.zeros([rows, units]), tf.zeros([rows, units])]
  return overTime(
    tf,
    forward(time).map(t => {
      const s = partsOf(tf, tf.add(stepOf(tf, seen as Tensor, t), product(tf, h, weights as Tensor)), units)
      const [i, f, fresh, o] = [tf.sigmoid(s(0)), tf.sigmoid(s(1)), tf.tanh(s(2)), tf.sigmoid(s(3))]
      c = tf.add(tf.mul(f, c), tf.mul(i, fresh))
      h = tf.mul(o, tf.tanh(c))
      return tf.concat([h, c, i, f, fresh, o], 1)
    }),
  )
}

/** The chain rule back through `lstm`. */
export function lstmSlopes(tf: TensorFlow, [slope, made, weights]: readonly Tensor[]): Tensor {
  const [rows, time, units] = (slope as Tensor).shape as readonly [number, number, number]
  let [carried, memory] = [tf.zeros([rows, units]), tf.zeros([rows, units])]
  const steps = forward(time)
    .toReversed()
    .map(t => {
      const part = partsOf(tf, stepOf(tf, made as Tensor, t), units)
      const [i, f, fresh, o] = [part(2), part(3), part(4), part(5)]
      const bent = tf.tanh(part(1))
      const before = t === 0 ? tf.zeros([rows, units]) : partsOf(tf, stepOf(tf, made as Tensor, t - 1), units)(1)
      const g = tf.add(stepOf(tf, slope as Tensor, t), carried)
      const m = tf.add(memory, all(tf, g, o, cap(tf, bent)))
      const slopes = tf.concat(
        [
          all(tf, m, fresh, bell(tf, i)),
          all(tf, m, before, bell(tf, f)),
          all(tf, m, i, cap(tf, fresh)),
          all(tf, g, bent, bell(tf, o)),
        ],
        1,
      )
      carried = product(tf, slopes, weights as Tensor, true)
      memory = tf.mul(m, f)
      return slopes
    })
  return overTime(tf, steps.toReversed())
}

/** The gradients of the gates' weights and, in the columns after them, of the candidate's. */
export function gruWeights(tf: TensorFlow, [made, slopes]: readonly Tensor[]): Tensor {
  const units = ((slopes as Tensor).shape[2] as number) / 3
  const last = before(tf, made as Tensor, units)
  const part = partsOf(tf, flat(tf, slopes as Tensor), units)
  const reset = partsOf(tf, flat(tf, made as Tensor), units)(2)
  return tf.concat([tf.matMul(last, part(0, 2), true, false), tf.matMul(tf.mul(reset, last), part(2), true, false)], 1)
}

export function lstmWeights(tf: TensorFlow, [made, slopes]: readonly Tensor[]): Tensor {
  return tf.matMul(
    before(tf, made as Tensor, ((slopes as Tensor).shape[2] as number) / 4),
    flat(tf, slopes as Tensor),
    true,
    false,
  )
}

/** The state before each step, (rows · time, units): 0 before the first. */
function before(tf: TensorFlow, made: Tensor, units: number): Tensor {
  const [rows, time] = made.shape as readonly [number, number]
  const none = tf.zeros([rows, 1, units])
  return flat(tf, time === 1 ? none : tf.concat([none, tf.slice(made, [0, 0, 0], [rows, time - 1, units])], 1))
}

function flat(tf: TensorFlow, x: Tensor): Tensor {
  const columns = x.shape[2] as number
  return tf.reshape(x, [x.size / columns, columns])
}
