import { digamma, exp, lgamma, log, log1p } from '../../numeric/index.ts'
import { meanEnd } from './beta-dropout.ts'
import { maximise, type Fit } from './fit.ts'
import { gompertzIntegral, logH, logHByB, type GompertzMeans } from './gompertz-integral.ts'
import { thinned, type Groups } from './groups.ts'

/**
 * The GGom/NBD model (G2G/NBD in later literature): purchases at rate λ ~ Gamma(r, α) over an unseen lifetime that follows
 * Gompertz's law, F(τ) = 1 - exp(-η (e^(bτ) - 1)) with η ~ Gamma(s, β), so that the risk of leaving may grow with age; as b and β go
 * to 0 together it is Pareto/NBD. Source: Bemmaor and Glady (2012), "Modeling purchasing behavior with sudden death: a flexible
 * customer lifetime model", Management Science 58(5). With h(u) = (β + e^(bu) - 1) / b the chance to last longer than u is
 * (h(0) / h(u))^s; the paper's integrals are regrouped in it.
 */
export interface GgomNbd {
  /** Shape and rate of the purchase rate; α in units of time. */
  readonly r: number
  readonly alpha: number
  /** How fast the risk of leaving grows, per unit of time; without a unit: shape and rate of its level η. */
  readonly b: number
  readonly s: number
  readonly beta: number
}

/**
 * Log-likelihood over grouped histories and its derivatives by (r, α, b, s, β): alive at T, or gone at some u in [t_x, T]:
 * Γ(r+x) α^r h(0)^s / Γ(r) [(α+T)^-(r+x) h(T)^-s + s ∫ e^(bu) (α+u)^-(r+x) h(u)^-(s+1) du].
 */
export function ggomNbdLogLikelihood(model: GgomNbd, groups: Groups, gradient?: Float64Array): number {
  const { r, alpha, b, s, beta } = model
  const [logAlpha, logS, logStart] = [log(alpha), log(s), log(beta / b)]
  const perX = new Map<number, readonly [number, number]>()
  const means: GompertzMeans = { logAlpha: 0, overAlpha: 0, logH: 0, overH: 0, u: 0, hByB: 0 }
  let [total, dr, dAlpha, dByB, ds, dStart] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < groups.x.length; i++) {
    const x = groups.x[i] as number
    const T = groups.T[i] as number
    const n = groups.count[i] as number
    let at = perX.get(x)
    if (at === undefined) perX.set(x, (at = [lgamma(r + x) - lgamma(r), digamma(r + x) - digamma(r)]))
    const [logEndAlpha, logEnd] = [log(alpha + T), logH(model, T)]
    const stayed = -(r + x) * logEndAlpha - s * logEnd
    const left =
      logS + gompertzIntegral(whileGone(model, x), groups.tx[i] as number, T, gradient === undefined ? undefined : means)
    const sum = Math.max(stayed, left) + log1p(exp(-Math.abs(stayed - left)))
    total += n * (at[0] + r * logAlpha + s * logStart + sum)
    if (gradient === undefined) continue
    const w = exp(stayed - sum)
    const g = 1 - w
    dr += n * (at[1] + logAlpha - w * logEndAlpha - g * means.logAlpha)
    dAlpha += n * (r / alpha - (r + x) * (w / (alpha + T) + g * means.overAlpha))
    ds += n * (logStart - w * logEnd + g * (1 / s - means.logH))
    dStart += n * ((s * b) / beta - w * s * exp(-logEnd) - g * (s + 1) * means.overH)
    dByB += n * (g * (means.u - (s + 1) * means.hByB) - w * s * logHByB(model, T))
  }
  gradient?.set([dr, dAlpha, dByB - ((beta / b) * dStart) / b, ds, dStart / b])
  return total
}

function whileGone({ r, alpha, b, s, beta }: GgomNbd, x: number): Parameters<typeof gompertzIntegral>[0] {
  return { alpha, p: r + x, b, beta, q: s + 1, growth: 1 }
}

/** Maximum likelihood. Errors: `FitError` when the likelihood is finite nowhere. */
export function fitGgomNbd(groups: Groups): Fit<GgomNbd> {
  const scale = meanEnd(groups)
  return maximise({
    names: ['r', 'alpha', 'b', 's', 'beta'],
    data: groups,
    sample: thinned(groups, 800),
    reach: 8,
    customers: ({ customers }) => customers,
    value: ggomNbdLogLikelihood,
    starts: [
      { r: 0.8, alpha: scale / 3, b: 0.1 / scale, s: 0.6, beta: 0.03 },
      { r: 2, alpha: scale, b: 2 / scale, s: 0.5, beta: 1 },
    ],
    remark: model =>
      model.s * (logH(model, scale) - logH(model, 0)) < 1e-4
        ? 'hardly anybody is seen to leave: the forecast is that of purchases alone'
        : undefined,
  })
}

/** P(alive | x, t_x, T): the first term of that likelihood over both. */
export function ggomNbdAlive(model: GgomNbd, x: number, tx: number, T: number): number {
  const stayed = -(model.r + x) * log(model.alpha + T) - model.s * logH(model, T)
  const left = log(model.s) + gompertzIntegral(whileGone(model, x), tx, T)
  return 1 / (1 + exp(left - stayed))
}

/**
 * P(at least one purchase in (T, T + t] | x, t_x, T): P(alive) times the chance that the first purchase comes before the end
 * of the lifetime and of t, ∫ (r+x) (α+T)^(r+x) (α+u)^-(r+x+1) (h(T) / h(u))^s du over u in [T, T + t].
 */
export function ggomNbdBuysAgain(model: GgomNbd, x: number, tx: number, T: number, t: number): number {
  const { r, alpha, b, s, beta } = model
  const integral = gompertzIntegral({ alpha, p: r + x + 1, b, beta, q: s, growth: 0 }, T, T + t)
  return ggomNbdAlive(model, x, tx, T) * (r + x) * exp((r + x) * log(alpha + T) + s * logH(model, T) + integral)
}

/** E[X(t)], expected repeat purchases within t of the first, of a customer of whom nothing is known: r / α · E[min(lifetime, t)]. */
export function ggomNbdExpected(model: GgomNbd, t: number): number {
  return (model.r / model.alpha) * lifetimeBetween(model, 0, t)
}

/** E[Y(t) | x, t_x, T], expected purchases in (T, T + t]. */
export function ggomNbdExpectedPurchases(model: GgomNbd, x: number, tx: number, T: number, t: number): number {
  return ggomNbdAlive(model, x, tx, T) * ((model.r + x) / (model.alpha + T)) * lifetimeBetween(model, T, T + t)
}

/** Expected time alive in [from, to] of somebody alive at `from`: ∫ (h(from) / h(u))^s du. */
function lifetimeBetween(model: GgomNbd, from: number, to: number): number {
  const { b, s, beta } = model
  return exp(s * logH(model, from) + gompertzIntegral({ alpha: beta / b, p: 0, b, beta, q: s, growth: 0 }, from, to))
}
