import { digamma, exp, expm1, lgamma, log, log1p } from '../../numeric/index.ts'
import { meanEnd } from './beta-dropout.ts'
import { decayIntegral, type DecayMeans } from './decay-integral.ts'
import { maximise, type Fit } from './fit.ts'
import { thinned, type Groups } from './groups.ts'

/**
 * The Pareto/NBD model: purchases at rate λ ~ Gamma(r, α) over an unseen lifetime with rate μ ~ Gamma(s, β). Source:
 * Schmittlein, Morrison, Colombo (1987), "Counting your customers", Management Science 33(1), in the form of Fader and Hardie
 * (2005), "A note on deriving the Pareto/NBD model and related expressions"; equation numbers are of that note.
 */
export interface ParetoNbd {
  /** Shape and rate of the purchase rate; α in units of time. */
  readonly r: number
  readonly alpha: number
  /** Shape and rate of the dropout rate; β in units of time. */
  readonly s: number
  readonly beta: number
}

/**
 * Log-likelihood over grouped histories and its derivatives by (r, α, s, β). The note's likelihood, regrouped as
 * alive at T or gone at some u in [t_x, T]: Γ(r+x) α^r β^s / Γ(r) [(α+T)^-(r+x) (β+T)^-s + s ∫ (α+u)^-(r+x) (β+u)^-(s+1) du].
 */
export function paretoNbdLogLikelihood(model: ParetoNbd, groups: Groups, gradient?: Float64Array): number {
  const { r, alpha, s, beta } = model
  const [logAlpha, logBeta, logS] = [log(alpha), log(beta), log(s)]
  const perX = new Map<number, readonly [number, number]>()
  const means: DecayMeans = { logAlpha: 0, overAlpha: 0, logBeta: 0, overBeta: 0 }
  let [total, dr, dAlpha, ds, dBeta] = [0, 0, 0, 0, 0]
  for (let i = 0; i < groups.x.length; i++) {
    const x = groups.x[i] as number
    const T = groups.T[i] as number
    const n = groups.count[i] as number
    let at = perX.get(x)
    if (at === undefined) perX.set(x, (at = [lgamma(r + x) - lgamma(r), digamma(r + x) - digamma(r)]))
    const [endAlpha, endBeta] = [alpha + T, beta + T]
    const [logEndAlpha, logEndBeta] = [log(endAlpha), log(endBeta)]
    const stayed = -(r + x) * logEndAlpha - s * logEndBeta
    const left =
      logS + decayIntegral(alpha, beta, r + x, s + 1, groups.tx[i] as number, T, gradient === undefined ? undefined : means)
    const sum = Math.max(stayed, left) + log1p(exp(-Math.abs(stayed - left)))
    total += n * (at[0] + r * logAlpha + s * logBeta + sum)
    if (gradient === undefined) continue
    const w = exp(stayed - sum)
    const g = 1 - w
    dr += n * (at[1] + logAlpha - w * logEndAlpha - g * means.logAlpha)
    dAlpha += n * (r / alpha - (r + x) * (w / endAlpha + g * means.overAlpha))
    ds += n * (logBeta - w * logEndBeta + g * (1 / s - means.logBeta))
    dBeta += n * (s / beta - (w * s) / endBeta - g * (s + 1) * means.overBeta)
  }
  gradient?.set([dr, dAlpha, ds, dBeta])
  return total
}

/** Maximum likelihood. Errors: `FitError` when the likelihood is finite nowhere. */
export function fitParetoNbd(groups: Groups): Fit<ParetoNbd> {
  const scale = meanEnd(groups)
  return maximise({
    names: ['r', 'alpha', 's', 'beta'],
    data: groups,
    sample: thinned(groups, 800),
    reach: 7,
    customers: ({ customers }) => customers,
    value: paretoNbdLogLikelihood,
    starts: [
      { r: 0.8, alpha: scale / 3, s: 0.6, beta: scale / 3 },
      { r: 2, alpha: scale, s: 0.3, beta: scale },
    ],
    remark: ({ s, beta }) =>
      s / beta < 1e-4 / scale ? 'hardly anybody is seen to leave: the forecast is that of purchases alone' : undefined,
  })
}

/** P(alive | x, t_x, T): the first term of that likelihood over both. */
export function paretoNbdAlive({ r, alpha, s, beta }: ParetoNbd, x: number, tx: number, T: number): number {
  const stayed = -(r + x) * log(alpha + T) - s * log(beta + T)
  const left = log(s) + decayIntegral(alpha, beta, r + x, s + 1, tx, T)
  return 1 / (1 + exp(left - stayed))
}

/**
 * P(at least one purchase in (T, T + t] | x, t_x, T): P(alive) times the chance that the first purchase comes before the end
 * of the lifetime and of t, ∫ (r+x) (α+T)^(r+x) (α+T+u)^-(r+x+1) ((β+T) / (β+T+u))^s du over u in [0, t].
 */
export function paretoNbdBuysAgain(model: ParetoNbd, x: number, tx: number, T: number, t: number): number {
  const { r, alpha, s, beta } = model
  const integral = decayIntegral(alpha + T, beta + T, r + x + 1, s, 0, t)
  return paretoNbdAlive(model, x, tx, T) * (r + x) * exp((r + x) * log(alpha + T) + s * log(beta + T) + integral)
}

/** E[X(t)], expected repeat purchases within t of the first, of a customer of whom nothing is known (eq. 27). */
export function paretoNbdExpected({ r, alpha, s, beta }: ParetoNbd, t: number): number {
  return (r / alpha) * lifetimeWithin(s, beta, t)
}

/** E[Y(t) | x, t_x, T], expected purchases in (T, T + t] (eq. 41). */
export function paretoNbdExpectedPurchases(model: ParetoNbd, x: number, tx: number, T: number, t: number): number {
  const { r, alpha, s, beta } = model
  return paretoNbdAlive(model, x, tx, T) * ((r + x) / (alpha + T)) * lifetimeWithin(s, beta + T, t)
}

/** E[min(lifetime, t)] = β / (s-1) (1 - (β / (β+t))^(s-1)) for a dropout rate ~ Gamma(s, β), at s = 1 too. */
function lifetimeWithin(s: number, beta: number, t: number): number {
  const spread = log1p(t / beta)
  return s === 1 ? beta * spread : (beta * expm1((1 - s) * spread)) / (1 - s)
}
