import type { SavedModel, TrainingWindow } from '../model.ts'
import { fittedVae, type FittedVae } from './fitted-vae.ts'
import { restoreVae } from './restore.ts'
import type { Synthesiser } from './synthesiser.ts'
import { learn } from './train-program.ts'
import { vaeTraining } from './vae-networks.ts'
import { VAE_DEFAULTS, type VaeSettings } from './vae-settings.ts'

export interface Vae extends Synthesiser {
  readonly settings: VaeSettings
  fit(window: TrainingWindow, options: Parameters<Synthesiser['fit']>[1]): Promise<FittedVae>
  restore(saved: SavedModel): FittedVae
}

/**
 * A variational autoencoder of customers (Kingma and Welling 2014): the encoder gives μ and σ of z, the decoder x = μ(z) + σ(z) ⊙ ε; the loss
 * is -E log p(x|z) + KL(N(μ, σ²) || N(0, 1)), their equation 10 with one draw a row and Gaussian columns.
 */
export function vaeWith(name: string, title: string, changes: Partial<VaeSettings> = {}): Vae {
  const settings = { ...VAE_DEFAULTS, ...changes }
  return {
    name,
    title,
    settings,
    fit: async (window, options) => {
      const { codec, weights, losses, ...trained } = await learn(window, settings, width => vaeTraining(width, settings), options)
      return fittedVae({
        name,
        settings,
        codec,
        weights,
        history: losses.map(([loss]) => ({ loss: loss as number })),
        ...trained,
      })
    },
    restore: restoreVae,
  }
}

export const vae = vaeWith('vae', 'Variational autoencoder')
