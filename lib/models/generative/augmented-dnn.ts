import type { Model, SavedModel, FittedModel } from '../model.ts'
import { ARTICLE, fitDnn, restoreDnn, type DnnSettings } from '../neural/index.ts'
import { gan } from './gan.ts'
import type { Synthesiser } from './synthesiser.ts'
import { vae } from './vae.ts'

export interface AugmentedSettings {
  /** Made customers for each real one that fits. */
  readonly share: number
  readonly network: DnnSettings
}

/**
 * The article's network, taught by made customers too. The maker learns from the training window's 80% that fit, features and outcome together; the
 * scalers and the validation see real customers alone. Whether it helps is for the comparison to say.
 */
export function dnnWithMade(
  maker: Synthesiser,
  { share = 1, network = ARTICLE }: Partial<AugmentedSettings> = {},
): Model & { readonly restore: (saved: SavedModel) => FittedModel } {
  const name = `dnn-${maker.name}`
  return {
    name,
    title: `Deep network, ${maker.name.toUpperCase()} customers added`,
    family: 'generative',
    fit: async (task, options) =>
      await fitDnn(name, network, task, options, async (window, own) => {
        const fitted = await maker.fit(window, { ...own, seed: own.seed.child('fit') })
        return await fitted.sample(Math.round(share * window.features.length), own.seed.child('sample'))
      }),
    restore: restoreDnn,
  }
}

export const dnnGan = dnnWithMade(gan)
export const dnnVae = dnnWithMade(vae)
