import type { SavedModel } from '../model.ts'
import { requireState, requireVersion, snapshot } from '../saved-state.ts'
import type { Fit, Parameters } from './fit.ts'
import type { GammaGamma } from './gamma-gamma.ts'

/** Both halves of a fitted model: how often somebody buys, and how much. */
export interface Fitted<P> {
  readonly purchases: Fit<P>
  readonly spending: Fit<GammaGamma>
}

const VERSION = 2

export function saved<P>(model: string, { purchases, spending }: Fitted<P>): SavedModel {
  return snapshot({ model, version: VERSION, state: { purchases, spending } })
}

/** Errors: `FormatError` for another version, or a state that is not what was saved. */
export function restored<P>(saved: SavedModel, expected: string, names: readonly string[]): Fitted<P> {
  requireVersion(saved, expected, VERSION)
  const { purchases, spending } = saved.state
  requireState(isFit(purchases, names), saved, 'purchases', `positive parameters ${names.join(', ')}`)
  requireState(isFit(spending, ['p', 'q', 'gamma']), saved, 'spending', 'positive parameters p, q, gamma')
  return { purchases, spending } as Fitted<P>
}

function isFit(fit: unknown, names: readonly string[]): boolean {
  const { parameters, logLikelihood, note } = (fit ?? {}) as Partial<Fit<Parameters>>
  const positive = names.every(name => (parameters?.[name] ?? 0) > 0 && Number.isFinite(parameters?.[name]))
  return positive && typeof logLikelihood === 'number' && typeof note === 'string'
}
