import type { SavedModel, TrainingWindow } from '../model.ts'
import { fittedGan, type FittedGan } from './fitted-gan.ts'
import { ganTraining } from './gan-networks.ts'
import { GAN_DEFAULTS, type GanSettings } from './gan-settings.ts'
import { restoreGan } from './restore.ts'
import type { Synthesiser } from './synthesiser.ts'
import { learn } from './train-program.ts'

export interface Gan extends Synthesiser {
  readonly settings: GanSettings
  fit(window: TrainingWindow, options: Parameters<Synthesiser['fit']>[1]): Promise<FittedGan>
  restore(saved: SavedModel): FittedGan
}

/**
 * A generative adversarial network of customers with the source article's losses: generator and discriminator take their steps in turn inside
 * one program. It has no likelihood, and nothing makes its generator cover all kinds of customers: look at its samples.
 */
export function ganWith(name: string, title: string, changes: Partial<GanSettings> = {}): Gan {
  const settings = { ...GAN_DEFAULTS, ...changes }
  return {
    name,
    title,
    settings,
    fit: async (window, options) => {
      const { codec, weights, losses, ...trained } = await learn(window, settings, width => ganTraining(width, settings), options)
      const history = losses.map(([discriminator, generator]) => ({
        discriminator: discriminator as number,
        generator: generator as number,
      }))
      return fittedGan({ name, settings, codec, weights, history, ...trained })
    },
    restore: restoreGan,
  }
}

export const gan = ganWith('gan', 'Generative adversarial network')
