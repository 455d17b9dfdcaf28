/** How the networks over weeks are built and trained. The defaults were fixed before any outcome was looked at. */
export interface SequenceSettings {
  /** Filters of each convolution, or units of the recurrent layer. */
  readonly units: number
  readonly dropout: number
  readonly rate: number
  /** At most; training stops earlier when the validation loss has not improved for `patience` epochs. */
  readonly epochs: number
  readonly patience: number
  readonly batch: number
  /** Part of the training customers that validates. */
  readonly validation: number
  /** Weeks that are read at most; fewer where the training window's history is shorter. */
  readonly weeks: number
}

export const SEQUENCE: SequenceSettings = {
  units: 16,
  dropout: 0.2,
  rate: 2e-3,
  epochs: 30,
  patience: 4,
  batch: 64,
  validation: 0.2,
  weeks: 26,
}
