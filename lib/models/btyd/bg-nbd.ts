import { alive, buysAgain, expected, expectedPurchases, fitBetaDropout, logLikelihood, type BetaDropout } from './beta-dropout.ts'
import type { Fit } from './fit.ts'
import type { Groups } from './groups.ts'

/**
 * The BG/NBD model: a customer may leave after each repeat purchase. Source: Fader, Hardie, Lee (2005), "Counting your
 * customers the easy way: an alternative to the Pareto/NBD model", Marketing Science 24(2); equation numbers are of that
 * paper. Times are in one unit throughout, that of α.
 */
export type BgNbd = BetaDropout

/** Log-likelihood over grouped histories (eq. 6, in logs); writes its derivatives by (r, α, a, b). */
export function bgNbdLogLikelihood(model: BgNbd, groups: Groups, gradient?: Float64Array): number {
  return logLikelihood(model, groups, 0, gradient)
}

/** Maximum likelihood. Errors: `FitError` when the likelihood is finite nowhere. */
export function fitBgNbd(groups: Groups): Fit<BgNbd> {
  return fitBetaDropout(groups, 0)
}

/** P(alive | x, t_x, T): the customer has not left after the last purchase (their note of 2008). 1 without a repeat. */
export function bgNbdAlive(model: BgNbd, x: number, tx: number, T: number): number {
  return alive(model, x, tx, T, 0)
}

/** P(at least one purchase in (T, T + t] | x, t_x, T) = P(alive) (1 - ((α + T) / (α + T + t))^(r + x)). */
export function bgNbdBuysAgain(model: BgNbd, x: number, tx: number, T: number, t: number): number {
  return buysAgain(model, x, tx, T, t, 0)
}

/** E[X(t)], expected repeat purchases within t of the first, of a customer of whom nothing is known (eq. 9). */
export function bgNbdExpected(model: BgNbd, t: number): number {
  return expected(model, t, 0)
}

/** E[Y(t) | x, t_x, T], expected purchases in (T, T + t] (eq. 10). */
export function bgNbdExpectedPurchases(model: BgNbd, x: number, tx: number, T: number, t: number): number {
  return expectedPurchases(model, x, tx, T, t, 0)
}
