import { dnnGan, dnnVae } from './augmented-dnn.ts'
import { vaeHead } from './vae-head.ts'

export { dnnGan, dnnVae, dnnWithMade } from './augmented-dnn.ts'
export type { AugmentedSettings } from './augmented-dnn.ts'
export { gan, ganWith } from './gan.ts'
export type { Gan } from './gan.ts'
export type { FittedGan } from './fitted-gan.ts'
export type { GanSettings } from './gan-settings.ts'
export { vae, vaeWith } from './vae.ts'
export type { Vae } from './vae.ts'
export type { FittedVae } from './fitted-vae.ts'
export type { VaeSettings } from './vae-settings.ts'
export { restoreSynthesiser } from './restore.ts'
export type { FittedSynthesiser, MadeCustomers, Synthesiser } from './synthesiser.ts'
export { vaeHead } from './vae-head.ts'

/** Predictors that made customers, or what made them, have helped to teach. */
export const generativeModels = [dnnGan, dnnVae, vaeHead] as const
