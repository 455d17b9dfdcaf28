import { digamma, exp, hyp2f1, lbeta, lgamma, log, log1p, minimiseFrom } from '../../numeric/index.ts'
import type { Groups } from './groups.ts'

/**
 * The BG/NBD model. While active, a customer buys at rate λ ~ Gamma(r, α); after each purchase the customer leaves with
 * probability p ~ Beta(a, b). Source: Fader, Hardie, Lee (2005), "Counting your customers the easy way: an alternative
 * to the Pareto/NBD model", Marketing Science 24(2); equation numbers below are of that paper.
 */
export interface BgNbd {
  /** Shape and rate of the purchase rate; α in units of time. */
  readonly r: number
  readonly alpha: number
  /** Parameters of the dropout probability. */
  readonly a: number
  readonly b: number
}

/** Log-likelihood over grouped histories (eq. 6 of the paper, in logs) and its gradient by (r, α, a, b). */
export function bgNbdLogLikelihood({ r, alpha, a, b }: BgNbd, groups: Groups, gradient?: Float64Array): number {
  const perX = new Map<number, ReturnType<typeof terms>>()
  const logAlpha = log(alpha)
  let total = 0
  let dr = 0
  let dAlpha = 0
  let da = 0
  let db = 0
  for (let i = 0; i < groups.x.length; i++) {
    const x = groups.x[i] as number
    const n = groups.count[i] as number
    let at = perX.get(x)
    if (at === undefined) perX.set(x, (at = terms(r, a, b, x)))
    const endAlive = alpha + (groups.T[i] as number)
    const logAlive = log(endAlive)
    const u1 = at.alive - (r + x) * logAlive
    let w1 = 1
    let sum = u1
    let logGone = 0
    let endGone = 1
    if (x > 0) {
      endGone = alpha + (groups.tx[i] as number)
      logGone = log(endGone)
      const u2 = at.gone - (r + x) * logGone
      const most = Math.max(u1, u2)
      const least = Math.min(u1, u2)
      sum = most + log1p(exp(least - most))
      w1 = exp(u1 - sum)
    }
    const w2 = 1 - w1
    total += n * (at.constant + r * logAlpha + sum)
    if (gradient === undefined) continue
    dr += n * (at.dr + logAlpha - w1 * logAlive - w2 * logGone)
    dAlpha += n * (r / alpha - (r + x) * (w1 / endAlive + w2 / endGone))
    da += n * (at.daAlive * w1 + at.daGone * w2 + at.da)
    db += n * (at.dbAlive * w1 + at.dbGone * w2 + at.db)
  }
  gradient?.set([dr, dAlpha, da, db])
  return total
}

/** What depends on x alone. */
function terms(r: number, a: number, b: number, x: number) {
  const all = digamma(a + b + x)
  return {
    constant: lgamma(r + x) - lgamma(r) - lbeta(a, b),
    alive: lbeta(a, b + x),
    gone: x > 0 ? lbeta(a + 1, b + x - 1) : 0,
    dr: digamma(r + x) - digamma(r),
    da: digamma(a + b) - digamma(a),
    db: digamma(a + b) - digamma(b),
    daAlive: digamma(a) - all,
    daGone: x > 0 ? digamma(a + 1) - all : 0,
    dbAlive: digamma(b + x) - all,
    dbGone: x > 0 ? digamma(b + x - 1) - all : 0,
  }
}

/** Maximum likelihood from several starts, in the logs of the parameters. */
export function fitBgNbd(groups: Groups): { readonly parameters: BgNbd; readonly logLikelihood: number; readonly converged: boolean } {
  const weight = new Float64Array(4)
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    const at = { r: exp(x[0] as number), alpha: exp(x[1] as number), a: exp(x[2] as number), b: exp(x[3] as number) }
    const value = -bgNbdLogLikelihood(at, groups, weight) / groups.customers
    gradient.set([(-at.r * (weight[0] as number)) / groups.customers, (-at.alpha * (weight[1] as number)) / groups.customers, (-at.a * (weight[2] as number)) / groups.customers, (-at.b * (weight[3] as number)) / groups.customers])
    return value
  }
  const meanT = mean(groups.T, groups.count)
  const starts = [[0, log(meanT / 4), 0, 1], [-1, log(meanT / 8), -1, 0.5]]
  const found = minimiseFrom(objective, starts, { tolerance: 1e-10, lower: [-14, -14, -14, -14], upper: [14, 14, 14, 14] })
  const [r, alpha, a, b] = found.x.map(each => exp(each)) as unknown as [number, number, number, number]
  return { parameters: { r, alpha, a, b }, logLikelihood: -found.value * groups.customers, converged: found.converged }
}

function mean(values: Float64Array, weights: Float64Array): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    sum += (values[i] as number) * (weights[i] as number)
    total += weights[i] as number
  }
  return Math.max(sum / total, 1e-6)
}

/** P(alive | x, t_x, T): the customer has not left after the last purchase. 1 without a repeat. */
export function bgNbdAlive({ r, alpha, a, b }: BgNbd, x: number, tx: number, T: number): number {
  if (x === 0) return 1
  return 1 / (1 + (a / (b + x - 1)) * exp((r + x) * log((alpha + T) / (alpha + tx))))
}

/** P(at least one purchase in (T, T + t] | x, t_x, T) = P(alive) (1 - ((α + T) / (α + T + t))^(r + x)). */
export function bgNbdBuysAgain(model: BgNbd, x: number, tx: number, T: number, t: number): number {
  return bgNbdAlive(model, x, tx, T) * (1 - exp((model.r + x) * log((model.alpha + T) / (model.alpha + T + t))))
}

/** E[X(t)] of a customer of whom nothing is known (eq. 9). */
export function bgNbdExpected(model: BgNbd, t: number): number {
  return aside(model, ({ r, alpha, a, b }) => ((a + b - 1) / (a - 1)) * (1 - exp(r * log(alpha / (alpha + t))) * hyp2f1(r, b, a + b - 1, t / (alpha + t))), 0)
}

/** E[Y(t) | x, t_x, T], expected purchases in (T, T + t] (eq. 10). */
export function bgNbdExpectedPurchases(model: BgNbd, x: number, tx: number, T: number, t: number): number {
  const active = aside(
    model,
    ({ r, alpha, a, b }) =>
      ((a + b + x - 1) / (a - 1)) * (1 - exp((r + x) * log((alpha + T) / (alpha + T + t))) * hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + T + t))),
    x,
  )
  return active * bgNbdAlive(model, x, tx, T)
}

/**
 * The expectation is smooth in a and b, but its formula divides by a - 1 and by a + b + x - 1: near those, the mean of two
 * neighbours at equal distance on both sides stands for it (error of second order in the distance).
 */
function aside(model: BgNbd, formula: (at: BgNbd) => number, x: number): number {
  const NEAR = 1e-4
  let { a, b } = model
  if (Math.abs(a + b + x - 1) < NEAR) b += 3 * NEAR
  if (Math.abs(a - 1) >= NEAR) return formula({ ...model, a, b })
  a = 1
  return (formula({ ...model, a: a - 2 * NEAR, b }) + formula({ ...model, a: a + 2 * NEAR, b })) / 2
}
