export interface GanSettings {
  /** Columns of the noise that the generator starts from. */
  readonly latent: number
  /** Units of the generator's hidden layers, and of the discriminator's. */
  readonly generator: readonly number[]
  readonly discriminator: readonly number[]
  readonly rate: number
  /** Decay of Adam's first moment; 0 as in Karras et al. (2018): the usual 0.9 lets the two sides swing. */
  readonly beta1: number
  /** What the weights that are kept hold, after each epoch, of those before it: the two sides circle each other, their average rests (Yazıcı et al. 2019). */
  readonly averaging: number
  readonly epochs: number
  /** Batches that are enough: a large table is passed over fewer times, though never fewer than ten. */
  readonly steps: number
  readonly batch: number
}

export const GAN_DEFAULTS: GanSettings = {
  latent: 32,
  generator: [64, 128],
  discriminator: [128, 64],
  rate: 2e-4,
  beta1: 0,
  averaging: 0.95,
  epochs: 100,
  steps: 4500,
  batch: 64,
}
