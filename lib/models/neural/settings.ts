/** How the networks are built and trained. The defaults are the source article's. */
export interface DnnSettings {
  /** Units of the hidden layers. */
  readonly units: readonly number[]
  readonly dropout: number
  readonly rate: number
  readonly epochs: number
  readonly batch: number
  /** Part of the training customers that validates. */
  readonly validation: number
  /** Signed log1p of the inputs before they are standardised. The article takes them as they are. */
  readonly log: boolean
}

export const ARTICLE: DnnSettings = {
  units: [128, 64],
  dropout: 0.5,
  rate: 1e-3,
  epochs: 50,
  batch: 32,
  validation: 0.2,
  log: false,
}
