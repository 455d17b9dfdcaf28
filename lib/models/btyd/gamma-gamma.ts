import { digamma, exp, lgamma, log, minimiseFrom } from '../../numeric/index.ts'

/**
 * The Gamma-Gamma model of spend per transaction: Gamma(p, ν) with ν ~ Gamma(q, γ), independent of how often somebody buys.
 * Source: Fader and Hardie (2013), "The Gamma-Gamma model of monetary value"; equation numbers are of that note.
 */
export interface GammaGamma {
  readonly p: number
  readonly q: number
  /** In units of money. */
  readonly gamma: number
}

/** Log-likelihood of mean spends z over x transactions each (eq. 1a) and its gradient by (p, q, γ). */
export function gammaGammaLogLikelihood({ p, q, gamma }: GammaGamma, x: Float64Array, z: Float64Array, gradient?: Float64Array): number {
  const perX = new Map<number, readonly [number, number, number]>()
  const lgammaQ = lgamma(q)
  const digammaQ = digamma(q)
  const logGamma = log(gamma)
  let total = 0
  let dp = 0
  let dq = 0
  let dGamma = 0
  for (let i = 0; i < x.length; i++) {
    const xi = x[i] as number
    const zi = z[i] as number
    let at = perX.get(xi)
    if (at === undefined) perX.set(xi, (at = [lgamma(p * xi + q) - lgamma(p * xi), digamma(p * xi + q), digamma(p * xi)]))
    const spread = gamma + xi * zi
    const logSpread = log(spread)
    const logXz = log(xi * zi)
    total += at[0] - lgammaQ + q * logGamma + p * xi * logXz - log(zi) - (p * xi + q) * logSpread
    if (gradient === undefined) continue
    dp += xi * (at[1] - at[2] + logXz - logSpread)
    dq += at[1] - digammaQ + logGamma - logSpread
    dGamma += q / gamma - (p * xi + q) / spread
  }
  gradient?.set([dp, dq, dGamma])
  return total
}

/** Maximum likelihood over customers with x >= 1 transactions of positive mean value z. */
export function fitGammaGamma(x: Float64Array, z: Float64Array): { readonly parameters: GammaGamma; readonly logLikelihood: number; readonly converged: boolean } {
  const weight = new Float64Array(3)
  const n = x.length
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    const model = { p: exp(at[0] as number), q: exp(at[1] as number), gamma: exp(at[2] as number) }
    const value = -gammaGammaLogLikelihood(model, x, z, weight) / n
    gradient.set([(-model.p * (weight[0] as number)) / n, (-model.q * (weight[1] as number)) / n, (-model.gamma * (weight[2] as number)) / n])
    return value
  }
  const scale = log(z.reduce((sum, each) => sum + each, 0) / n)
  const found = minimiseFrom(objective, [[1, 1, scale], [0.5, 0.5, scale - 1]], { tolerance: 1e-10, lower: [-25, -25, -25], upper: [25, 25, 25] })
  const [p, q, gamma] = found.x.map(each => exp(each)) as unknown as [number, number, number]
  return { parameters: { p, q, gamma }, logLikelihood: -found.value * n, converged: found.converged }
}

/** E[M | z, x], expected spend per transaction (eq. 5); the population's mean γp/(q-1) at x = 0. Infinite for p x + q <= 1. */
export function gammaGammaExpectedSpend({ p, q, gamma }: GammaGamma, x: number, z: number): number {
  const denominator = p * x + q - 1
  return denominator > 0 ? ((gamma + x * z) * p) / denominator : Infinity
}
