/** What a saved model's file begins with; see `saveModel` for the layout. */
export interface Header {
  readonly format: 'clvlab-model'
  readonly version: number
  /** SHA-256 of all that follows the header's line, hexadecimal. */
  readonly sha256: string
  /** Bytes of the description's line, its line end included. */
  readonly description: number
  /** Bytes of all arrays. */
  readonly arrays: number
}

/** The second line: the model, and where each array lies. */
export interface Description {
  readonly model: string
  readonly version: number
  readonly state: Readonly<Record<string, unknown>>
  /** In the order in which their numbers follow. */
  readonly arrays: readonly { readonly name: string; readonly type: 'float32' | 'float64'; readonly length: number }[]
}

export const FORMAT = 'clvlab-model'
export const FORMAT_VERSION = 1
/** A header is far shorter; a file without a line end in this many bytes is not ours. */
export const LONGEST_HEADER = 1024
