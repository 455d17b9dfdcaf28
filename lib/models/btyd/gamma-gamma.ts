import { digamma, lgamma, log } from '../../numeric/index.ts'
import { maximise, type Fit } from './fit.ts'

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

interface Spends {
  readonly x: Float64Array
  readonly z: Float64Array
}

/**
 * Log-likelihood (eq. 1a) of the mean values z > 0 of x >= 1 transactions each, one per customer; writes its derivatives by
 * (p, q, γ).
 */
export function gammaGammaLogLikelihood(
  { p, q, gamma }: GammaGamma,
  x: Float64Array,
  z: Float64Array,
  gradient?: Float64Array,
): number {
  const perX = new Map<number, readonly [number, number, number]>()
  const [lgammaQ, digammaQ, logGamma] = [lgamma(q), digamma(q), log(gamma)]
  let [total, dp, dq, dGamma] = [0, 0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const xi = x[i] as number
    const zi = z[i] as number
    let at = perX.get(xi)
    if (at === undefined) perX.set(xi, (at = [lgamma(p * xi + q) - lgamma(p * xi), digamma(p * xi + q), digamma(p * xi)]))
    const spread = gamma + xi * zi
    const logSpread = log(spread)
    const logSpent = log(xi * zi)
    total += at[0] - lgammaQ + q * logGamma + p * xi * logSpent - log(zi) - (p * xi + q) * logSpread
    if (gradient === undefined) continue
    dp += xi * (at[1] - at[2] + logSpent - logSpread)
    dq += at[1] - digammaQ + logGamma - logSpread
    dGamma += q / gamma - (p * xi + q) / spread
  }
  gradient?.set([dp, dq, dGamma])
  return total
}

/** Maximum likelihood over the same. Errors: `FitError` when the likelihood is finite nowhere. */
export function fitGammaGamma(x: Float64Array, z: Float64Array): Fit<GammaGamma> {
  const mean = z.reduce((sum, each) => sum + each, 0) / z.length
  return maximise<'p' | 'q' | 'gamma', Spends>({
    names: ['p', 'q', 'gamma'],
    data: { x, z },
    sample: thinned({ x, z }, 10_000),
    customers: ({ x }) => x.length,
    value: (parameters, data, gradient) => gammaGammaLogLikelihood(parameters, data.x, data.z, gradient),
    starts: [
      { p: 4, q: 3, gamma: mean / 2 },
      { p: 1.2, q: 1.5, gamma: mean / 2 },
    ],
  })
}

function thinned(spends: Spends, most: number): Spends {
  const every = Math.ceil(spends.x.length / most)
  if (every <= 1) return spends
  return { x: spends.x.filter((_, i) => i % every === 0), z: spends.z.filter((_, i) => i % every === 0) }
}

/** E[M | z, x], expected spend per transaction (eq. 5); the population's mean γp/(q-1) at x = 0. Infinite for p x + q <= 1. */
export function gammaGammaExpectedSpend({ p, q, gamma }: GammaGamma, x: number, z: number): number {
  const denominator = p * x + q - 1
  return denominator > 0 ? ((gamma + x * z) * p) / denominator : Infinity
}
