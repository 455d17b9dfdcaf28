import { alive, buysAgain, expected, expectedPurchases, fitBetaDropout, logLikelihood, type BetaDropout } from './beta-dropout.ts'
import type { Fit } from './fit.ts'
import type { Groups } from './groups.ts'

/**
 * The MBG/NBD model: BG/NBD in which a customer may leave after the first purchase too, so that those without a repeat need
 * not be alive. Source: Batislam, Denizel, Filiztekin (2007), "Empirical validation and comparison of models for customer
 * base analysis", International Journal of Research in Marketing 24(3), section 3 and appendix.
 */
export type MbgNbd = BetaDropout

/** Log-likelihood over grouped histories; writes its derivatives by (r, α, a, b). */
export function mbgNbdLogLikelihood(model: MbgNbd, groups: Groups, gradient?: Float64Array): number {
  return logLikelihood(model, groups, 1, gradient)
}

/** Maximum likelihood. Errors: `FitError` when the likelihood is finite nowhere. */
export function fitMbgNbd(groups: Groups): Fit<MbgNbd> {
  return fitBetaDropout(groups, 1)
}

/** P(alive | x, t_x, T). */
export function mbgNbdAlive(model: MbgNbd, x: number, tx: number, T: number): number {
  return alive(model, x, tx, T, 1)
}

/** P(at least one purchase in (T, T + t] | x, t_x, T). */
export function mbgNbdBuysAgain(model: MbgNbd, x: number, tx: number, T: number, t: number): number {
  return buysAgain(model, x, tx, T, t, 1)
}

/** E[X(t)], expected repeat purchases within t of the first, of a customer of whom nothing is known. */
export function mbgNbdExpected(model: MbgNbd, t: number): number {
  return expected(model, t, 1)
}

/** E[Y(t) | x, t_x, T], expected purchases in (T, T + t]. */
export function mbgNbdExpectedPurchases(model: MbgNbd, x: number, tx: number, T: number, t: number): number {
  return expectedPurchases(model, x, tx, T, t, 1)
}
