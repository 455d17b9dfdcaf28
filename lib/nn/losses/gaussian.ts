import { add, divide, log, multiply, slice, square, subtract, sum, type Node } from '../../engine/index.ts'
import type { Loss } from './loss.ts'
import { positive } from './positive.ts'

/** log √(2π). */
export const HALF_LOG_TWO_PI = 0.9189385332046727

/** -log N(target; μ, σ²) of two outputs, μ and the raw σ (softplus makes it positive). */
export const gaussianNegativeLogLikelihood: Loss = (output, target) => {
  const [mu, sigma] = [slice(output, 1, 0, 1), positive(slice(output, 1, 1, 2))]
  return add(add(log(sigma), HALF_LOG_TWO_PI), multiply(square(divide(subtract(target, mu), sigma)), 0.5))
}

/** Means and standard deviations of independent normals, one a column. */
export interface Gaussian {
  readonly mean: Node | number
  readonly sd: Node | number
}

/**
 * KL(N(μ, σ²) ‖ N(m, s²)) of each row, (batch, 1), added up over the columns: log(s / σ) + (σ² + (μ - m)²) / (2 s²) - ½
 * (Kingma and Welling 2014, appendix B, for m = 0 and s = 1).
 */
export function gaussianKl({ mean, sd }: { readonly mean: Node; readonly sd: Node }, to: Gaussian = { mean: 0, sd: 1 }): Node {
  const ratio = square(divide(sd, to.sd))
  const apart = square(divide(subtract(mean, to.mean), to.sd))
  return sum(multiply(subtract(add(ratio, apart), add(log(ratio), 1)), 0.5), 1)
}
