export interface VaeSettings {
  /** Columns of the latent space. */
  readonly latent: number
  /** Units of the hidden layers of encoder and decoder (in reverse there). */
  readonly units: readonly number[]
  readonly rate: number
  readonly epochs: number
  /** Batches that are enough: a large table is passed over fewer times, though never fewer than ten. */
  readonly steps: number
  readonly batch: number
  /** What the divergence counts for. 1 is the bound; the article prints a minus before it, which makes training run away. */
  readonly divergence: number
}

export const VAE_DEFAULTS: VaeSettings = {
  latent: 8,
  units: [128, 64],
  rate: 1e-3,
  epochs: 200,
  steps: 9000,
  batch: 128,
  divergence: 1,
}
