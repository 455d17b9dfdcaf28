import { add, divide, log, multiply, slice, square, subtract, sum, type Node } from '../../engine/index.ts'
import { HALF_LOG_TWO_PI } from '../../numeric/index.ts'
import { requireColumns, type Loss } from './loss.ts'
import { positive } from './positive.ts'

/** Means and standard deviations of independent normals, one a column. */
export interface Gaussian {
  readonly mean: Node | number
  readonly sd: Node | number
}

/** The same, both made by a network. */
interface Drawn extends Gaussian {
  readonly mean: Node
  readonly sd: Node
}

/** -log N(x; mean, sd²), value by value. */
export const gaussianSurprise = (x: Node, { mean, sd }: Drawn): Node =>
  add(add(log(sd), HALF_LOG_TWO_PI), multiply(square(divide(subtract(x, mean), sd)), 0.5))

/** -log N(target; μ, σ²) of two outputs, μ and the raw σ (softplus makes it positive). */
export const gaussianNegativeLogLikelihood: Loss = (output, target) => {
  requireColumns('gaussianNegativeLogLikelihood', output, target, ['mean', 'raw standard deviation'])
  const [mu, sigma] = [slice(output, 1, 0, 1), positive(slice(output, 1, 1, 2))]
  return gaussianSurprise(target, { mean: mu, sd: sigma })
}

/**
 * KL(N(μ, σ²) ‖ N(m, s²)) of each row, (batch, 1), added up over the columns: log(s / σ) + (σ² + (μ - m)²) / (2 s²) - ½
 * (Kingma and Welling 2014, appendix B, for m = 0 and s = 1).
 */
export function gaussianKl({ mean, sd }: Drawn, to: Gaussian = { mean: 0, sd: 1 }): Node {
  const ratio = square(divide(sd, to.sd))
  const apart = square(divide(subtract(mean, to.mean), to.sd))
  return sum(multiply(subtract(add(ratio, apart), add(log(ratio), 1)), 0.5), 1)
}
