import { add, divide, greater, log, multiply, select, slice, square, subtract } from '../../engine/index.ts'
import { binaryCrossEntropy } from './classification.ts'
import { HALF_LOG_TWO_PI } from '../../numeric/index.ts'
import { requireColumns, type Loss } from './loss.ts'
import { positive } from './positive.ts'

/**
 * Zero-inflated lognormal: three outputs, the logit of a value above 0, and μ and the raw σ (softplus makes it positive) of its logarithm.
 * Source: Wang, Liu, Miao (2019), "A Deep Probabilistic Model for Customer Lifetime Value Prediction", equation 4.
 */
export const zeroInflatedLognormal: Loss = (output, target) => {
  requireColumns('zeroInflatedLognormal', output, target, ['logit', 'mean of the logarithm', 'its raw standard deviation'])
  const [logit, mu, raw] = [slice(output, 1, 0, 1), slice(output, 1, 1, 2), slice(output, 1, 2, 3)]
  const spent = greater(target, 0)
  const sigma = positive(raw)
  const logTarget = log(select(spent, target, 1))
  const lognormal = add(
    add(logTarget, log(sigma)),
    add(multiply(square(divide(subtract(logTarget, mu), sigma)), 0.5), HALF_LOG_TWO_PI),
  )
  // a target that is not a number is no customer who never buys: it makes the loss no number either
  return add(add(binaryCrossEntropy(logit, spent), multiply(spent, lognormal)), multiply(target, 0))
}
