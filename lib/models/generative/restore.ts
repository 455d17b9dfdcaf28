import type { SavedModel } from '../model.ts'
import { widthOf } from './codec.ts'
import { fittedGan, type FittedGan, type GanLosses } from './fitted-gan.ts'
import { fittedVae, type FittedVae } from './fitted-vae.ts'
import { ganSampler } from './gan-networks.ts'
import type { GanSettings } from './gan-settings.ts'
import { stateOf, weightsFor } from './saved.ts'
import { vaeEncoder, vaeSampler } from './vae-networks.ts'
import type { VaeSettings } from './vae-settings.ts'

/**
 * What makes customers, whatever its name: the same customers for the same seed, bit for bit. Errors: `FormatError` for another version, for
 * weights that do not fit, and for a model that makes none.
 */
export function restoreSynthesiser(saved: SavedModel): FittedGan | FittedVae {
  return 'divergence' in (stateOf(saved).settings as object) ? restoreVae(saved) : restoreGan(saved)
}

/** The same customers for the same seed, bit for bit. Errors: `FormatError` for another version, or weights that do not fit. */
export function restoreVae(saved: SavedModel): FittedVae {
  const { codec, history, settings, ...rest } = stateOf(saved)
  const own = settings as VaeSettings
  const weights = weightsFor(saved, [vaeSampler(widthOf(codec), own), vaeEncoder(widthOf(codec), own)])
  return fittedVae({
    name: saved.model,
    settings: own,
    codec,
    weights,
    history: history as readonly { readonly loss: number }[],
    ...rest,
  })
}

/** The same customers for the same seed, bit for bit. Errors: `FormatError` for another version, or weights that do not fit. */
export function restoreGan(saved: SavedModel): FittedGan {
  const { codec, history, settings, ...rest } = stateOf(saved)
  const own = settings as GanSettings
  return fittedGan({
    name: saved.model,
    settings: own,
    codec,
    weights: weightsFor(saved, [ganSampler(widthOf(codec), own)]),
    history: history as readonly GanLosses[],
    ...rest,
  })
}
