import { FormatError } from '../../errors/index.ts'
import type { SavedModel } from '../model.ts'
import type { Fit, Parameters } from './fit.ts'
import type { GammaGamma } from './gamma-gamma.ts'

/** Both halves of a fitted model: how often somebody buys, and how much. */
export interface Fitted<P> {
  readonly purchases: Fit<P>
  readonly spending: Fit<GammaGamma>
}

const VERSION = 2

export function saved<P>(model: string, { purchases, spending }: Fitted<P>): SavedModel {
  return { model, version: VERSION, state: { purchases, spending } }
}

/** Errors: `FormatError` for another version, or a state that is not what was saved. */
export function restored<P>({ model, version, state }: SavedModel, expected: string, names: readonly string[]): Fitted<P> {
  if (model !== expected || version !== VERSION) {
    throw new FormatError({
      code: 'version',
      what: `a saved ${model} of version ${version}, where a ${expected} of version ${VERSION} is wanted`,
      remedy: 'load it with the version of clvlab that wrote it',
    })
  }
  const { purchases, spending } = state as { readonly purchases?: unknown; readonly spending?: unknown }
  requireFit(purchases, names, 'purchases')
  requireFit(spending, ['p', 'q', 'gamma'], 'spending')
  return { purchases, spending } as unknown as Fitted<P>
}

function requireFit(fit: unknown, names: readonly string[], where: string): asserts fit is Fit<Parameters> {
  const parameters = (fit as Partial<Fit<Parameters>> | null | undefined)?.parameters
  const good = names.every(name => (parameters?.[name] ?? 0) > 0 && Number.isFinite(parameters?.[name]))
  if (good && typeof (fit as Fit<Parameters>).logLikelihood === 'number' && typeof (fit as Fit<Parameters>).note === 'string')
    return
  throw new FormatError({
    code: 'damaged-state',
    what: `the saved model does not hold positive parameters ${names.join(', ')}`,
    where: `state.${where}`,
    remedy: 'fit and save the model again',
  })
}
