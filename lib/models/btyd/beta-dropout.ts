import { digamma, exp, lbeta, lgamma, log, log1p } from '../../numeric/index.ts'
import { alivePurchases } from './alive-purchases.ts'
import { maximise, type Fit } from './fit.ts'
import { thinned, type Groups } from './groups.ts'

/**
 * What BG/NBD and MBG/NBD share: purchases at rate λ ~ Gamma(r, α) while alive, and a chance p ~ Beta(a, b) of leaving at
 * certain moments. In BG/NBD these are the x repeat purchases; in MBG/NBD the first purchase is one too.
 */
export interface BetaDropout {
  /** Shape and rate of the purchase rate; α in units of time. */
  readonly r: number
  readonly alpha: number
  /** Parameters of the dropout probability. */
  readonly a: number
  readonly b: number
}

/** Chances of leaving before the first repeat purchase: 0 in BG/NBD, 1 in MBG/NBD. */
export type FirstChance = 0 | 1

const NAMES = ['r', 'alpha', 'a', 'b'] as const

/** Log-likelihood over grouped histories and its derivatives by (r, α, a, b). */
export function logLikelihood(
  { r, alpha, a, b }: BetaDropout,
  groups: Groups,
  first: FirstChance,
  gradient?: Float64Array,
): number {
  const perX = new Map<number, ReturnType<typeof terms>>()
  const logAlpha = log(alpha)
  let [total, dr, dAlpha, da, db] = [0, 0, 0, 0, 0]
  for (let i = 0; i < groups.x.length; i++) {
    const x = groups.x[i] as number
    const n = groups.count[i] as number
    let at = perX.get(x)
    if (at === undefined) perX.set(x, (at = terms(r, a, b, x, x + first)))
    const endAlive = alpha + (groups.T[i] as number)
    const logAlive = log(endAlive)
    const stayed = at.alive - (r + x) * logAlive
    let [sum, logGone, endGone, w] = [stayed, 0, 1, 1]
    if (x + first > 0) {
      endGone = alpha + (groups.tx[i] as number)
      logGone = log(endGone)
      const left = at.gone - (r + x) * logGone
      sum = Math.max(stayed, left) + log1p(exp(-Math.abs(stayed - left)))
      w = exp(stayed - sum)
    }
    total += n * (at.constant + r * logAlpha + sum)
    if (gradient === undefined) continue
    dr += n * (at.dr + logAlpha - w * logAlive - (1 - w) * logGone)
    dAlpha += n * (r / alpha - (r + x) * (w / endAlive + (1 - w) / endGone))
    da += n * (at.daAlive * w + at.daGone * (1 - w) + at.da)
    db += n * (at.dbAlive * w + at.dbGone * (1 - w) + at.db)
  }
  gradient?.set([dr, dAlpha, da, db])
  return total
}

/** What depends on x alone; `chances` is how often the customer could have left by the last purchase. */
function terms(r: number, a: number, b: number, x: number, chances: number) {
  const all = digamma(a + b + chances)
  const could = chances > 0
  return {
    constant: lgamma(r + x) - lgamma(r) - lbeta(a, b),
    alive: lbeta(a, b + chances),
    gone: could ? lbeta(a + 1, b + chances - 1) : 0,
    dr: digamma(r + x) - digamma(r),
    da: digamma(a + b) - digamma(a),
    db: digamma(a + b) - digamma(b),
    daAlive: digamma(a) - all,
    daGone: could ? digamma(a + 1) - all : 0,
    dbAlive: digamma(b + chances) - all,
    dbGone: could ? digamma(b + chances - 1) - all : 0,
  }
}

/** Maximum likelihood. Errors: `FitError` when the likelihood is finite nowhere. */
export function fitBetaDropout(groups: Groups, first: FirstChance): Fit<BetaDropout> {
  const scale = meanEnd(groups)
  return maximise({
    names: NAMES,
    data: groups,
    sample: thinned(groups, 10_000),
    customers: ({ customers }) => customers,
    value: (parameters, data, gradient) => logLikelihood(parameters, data, first, gradient),
    starts: [
      { r: 0.6, alpha: scale / 5, a: 0.7, b: 2 },
      { r: 2, alpha: scale / 2, a: 0.2, b: 3 },
    ],
    remark: ({ a, b }) => {
      if (a / (a + b) < 1e-4) return 'hardly anybody is seen to leave: the forecast is that of purchases alone'
      return a + b < 1 ? 'a + b is below 1: most customers are said to leave at once or never' : undefined
    },
  })
}

/** Mean T over the customers, positive. */
export function meanEnd({ T, count, customers }: Groups): number {
  return Math.max(T.reduce((sum, each, i) => sum + each * (count[i] as number), 0) / customers, 1e-6)
}

/** P(alive | x, t_x, T). */
export function alive({ r, alpha, a, b }: BetaDropout, x: number, tx: number, T: number, first: FirstChance): number {
  if (x + first === 0) return 1
  return 1 / (1 + (a / (b + x + first - 1)) * exp((r + x) * log1p((T - tx) / (alpha + tx))))
}

/** P(at least one purchase in (T, T + t] | x, t_x, T) = P(alive) (1 - ((α + T) / (α + T + t))^(r + x)). */
export function buysAgain(model: BetaDropout, x: number, tx: number, T: number, t: number, first: FirstChance): number {
  return alive(model, x, tx, T, first) * (1 - exp(-(model.r + x) * log1p(t / (model.alpha + T))))
}

/** E[Y(t) | x, t_x, T], expected purchases in (T, T + t]. */
export function expectedPurchases(model: BetaDropout, x: number, tx: number, T: number, t: number, first: FirstChance): number {
  const { r, alpha, a, b } = model
  return alive(model, x, tx, T, first) * alivePurchases(r + x, alpha + T, a, b + x + first, t)
}

/** E[X(t)] of a customer of whom nothing but the first purchase is known. */
export function expected({ r, alpha, a, b }: BetaDropout, t: number, first: FirstChance): number {
  return (first === 0 ? 1 : b / (a + b)) * alivePurchases(r, alpha, a, b + first, t)
}
