import { exp, gaussLegendre, log, log1p } from '../../numeric/index.ts'

/** Means over the integrand of `decayIntegral`, for derivatives of its logarithm. */
export interface DecayMeans {
  /** Of log(α + u) and 1 / (α + u). */
  logAlpha: number
  overAlpha: number
  /** Of log(β + u) and 1 / (β + u). */
  logBeta: number
  overBeta: number
}

const SHORT = gaussLegendre(8)
const LONG = gaussLegendre(16)

/**
 * log ∫ (α + u)^-p (β + u)^-q du over u from `from` to `to`; -Infinity over nothing. With p = r + x and q = s + 1 this is the
 * A₀ of the Pareto/NBD literature, there a difference of two hypergeometric functions; as an integral it has no
 * cancellation, and its derivatives come from the same points. Over v = log(min(α, β) + u), where the logarithm of the integrand
 * is smooth and concave, by Gauss and Legendre rules on pieces over which it falls by 12 at most.
 */
export function decayIntegral(
  alpha: number,
  beta: number,
  p: number,
  q: number,
  from: number,
  to: number,
  means?: DecayMeans,
): number {
  const near = Math.min(alpha, beta)
  const apart = Math.max(alpha, beta) - near
  const [nearPower, farPower] = alpha <= beta ? [p, q] : [q, p]
  const start = log(near + from)
  const length = log1p((to - from) / (near + from))
  if (!(length > 0)) {
    if (means !== undefined) Object.assign(means, { logAlpha: 0, overAlpha: 0, logBeta: 0, overBeta: 0 })
    return -Infinity
  }
  const fall = Math.abs(1 - nearPower) * length + farPower * log1p((to - from) / (near + apart + from))
  const pieces = Math.max(1, Math.ceil(Math.max(fall / 12, length / 3)))
  const rule = pieces === 1 && fall <= 2 && length <= 1 ? SHORT : LONG
  const origin = (1 - nearPower) * start - farPower * log(apart + near + from)
  const half = length / pieces / 2
  let [sum, logNear, overNear, logFar, overFar, before] = [0, 0, 0, 0, 0, 0]
  for (let piece = 0; piece < pieces; piece++) {
    let part = 0
    for (let i = 0; i < rule.nodes.length; i++) {
      const v = start + half * (2 * piece + 1 + (rule.nodes[i] as number))
      const size = exp(v)
      const far = log(apart + size)
      const weight = (rule.weights[i] as number) * exp((1 - nearPower) * v - farPower * far - origin)
      part += weight
      logNear += weight * v
      overNear += weight / size
      logFar += weight * far
      overFar += weight / (apart + size)
    }
    sum += part
    if (part < before && part < 1e-18 * sum) break
    before = part
  }
  if (means !== undefined) {
    const [logA, overA, logB, overB] = alpha <= beta ? [logNear, overNear, logFar, overFar] : [logFar, overFar, logNear, overNear]
    Object.assign(means, { logAlpha: logA / sum, overAlpha: overA / sum, logBeta: logB / sum, overBeta: overB / sum })
  }
  return origin + log(half * sum)
}
