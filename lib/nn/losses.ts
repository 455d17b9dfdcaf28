import {
  abs, add, divide, greater, log, maximum, minimum, multiply, select, slice, softplus, square, subtract, mean, type Node,
} from '../engine/index.ts'

/** The loss of each row, (batch, 1), from a network's output and the target of as many rows. */
export type Loss = (output: Node, target: Node) => Node

const overColumns = (x: Node): Node => mean(x, x.shape.length - 1)

/** (output - target)², the mean over columns. */
export const meanSquaredError: Loss = (output, target) => overColumns(square(subtract(output, target)))

/** |output - target|. */
export const meanAbsoluteError: Loss = (output, target) => overColumns(abs(subtract(output, target)))

/** Quadratic to `delta`, linear beyond (Huber 1964, equation 2). */
export function huber(delta: number): Loss {
  return (output, target) => {
    const distance = abs(subtract(output, target))
    const near = minimum(distance, delta)
    return overColumns(add(multiply(square(near), 0.5), multiply(subtract(distance, near), delta)))
  }
}

/** -[t log σ(z) + (1 - t) log(1 - σ(z))] of logits z, as softplus(z) - t z: it cannot overflow. */
export const binaryCrossEntropy: Loss = (logits, target) => overColumns(subtract(softplus(logits), multiply(logits, target)))

const LOG_ROOT_TWO_PI = 0.9189385332046727

/**
 * Zero-inflated lognormal: three outputs, the logit of a value above 0, and μ and the raw σ (softplus makes it positive) of its logarithm.
 * Source: Wang, Liu, Miao (2019), "A Deep Probabilistic Model for Customer Lifetime Value Prediction", equation 4.
 */
export const zeroInflatedLognormal: Loss = (output, target) => {
  const [logit, mu, raw] = [slice(output, 1, 0, 1), slice(output, 1, 1, 2), slice(output, 1, 2, 3)]
  const positive = greater(target, 0)
  const sigma = maximum(softplus(raw), 1e-3)
  const logTarget = log(select(positive, target, 1))
  const lognormal = add(add(logTarget, log(sigma)), add(multiply(square(divide(subtract(logTarget, mu), sigma)), 0.5), LOG_ROOT_TWO_PI))
  return add(binaryCrossEntropy(logit, positive), multiply(positive, lognormal))
}
