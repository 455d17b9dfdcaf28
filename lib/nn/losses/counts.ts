import { add, exp, lgamma, log, multiply, slice, subtract } from '../../engine/index.ts'
import { overColumns, requireAlike, requireColumns, type Loss } from './loss.ts'
import { positive } from './positive.ts'

/** -log of the Poisson probability of a count, the output being the logarithm of its rate: e^z - y z + log y!. */
export const poisson: Loss = (logRate, count) => {
  requireAlike('poisson', logRate, count)
  return overColumns(add(subtract(exp(logRate), multiply(count, logRate)), lgamma(add(count, 1))))
}

/**
 * -log of the negative binomial probability of a count, of two outputs: the logarithm of the mean m, and the raw r (softplus makes it
 * positive) with variance m + m² / r: Γ(y + r) / (Γ(r) y!) (r / (r + m))^r (m / (r + m))^y (Cameron and Trivedi 2013, equation 3.26).
 */
export const negativeBinomial: Loss = (output, count) => {
  requireColumns('negativeBinomial', output, count, ['log of the mean', 'raw r'])
  const [logMean, r] = [slice(output, 1, 0, 1), positive(slice(output, 1, 1, 2))]
  const together = log(add(r, exp(logMean)))
  const ways = subtract(subtract(lgamma(add(count, r)), lgamma(r)), lgamma(add(count, 1)))
  const chance = add(multiply(r, subtract(log(r), together)), multiply(count, subtract(logMean, together)))
  return subtract(multiply(ways, -1), chance)
}
