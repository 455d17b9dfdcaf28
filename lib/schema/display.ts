/** The well-known method by which a value says how it is shown in a notebook: `value[DISPLAY]()`. */
export const DISPLAY: unique symbol = Symbol.for('clvlab.display') as never

/** One output in several forms, by MIME type, as the Jupyter protocol has it. */
export interface MimeBundle {
  readonly data: Readonly<Record<string, unknown>>
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** A value that can show itself. Always holds `text/plain`. */
export interface Displayable {
  [DISPLAY](): MimeBundle | Promise<MimeBundle>
}

export function isDisplayable(value: unknown): value is Displayable {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && DISPLAY in value
}
