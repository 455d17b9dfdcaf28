import { DISPLAY, type Displayable, type MimeBundle } from '../schema/index.ts'

/** The MIME type of a finding in a notebook's output. */
export const FINDING_MIME = 'application/vnd.clvlab.finding+json'

/** What a reader should take away: one sentence, and the number it hangs on where there is one. */
export interface FindingParts {
  readonly text: string
  /** As it is to be read: `0.84`, `€1.2 million`. */
  readonly value?: string
}

/** A headline of the report. Shown in place, and collected at the top of the report with a link to its cell. */
export class Finding implements Displayable {
  readonly parts: FindingParts

  constructor(parts: FindingParts) {
    this.parts = parts
  }

  [DISPLAY](): MimeBundle {
    const { text, value } = this.parts
    return {
      data: {
        [FINDING_MIME]: { ...this.parts },
        'text/markdown': value === undefined ? `**${text}**` : `**${value}** ${text}`,
        'text/plain': value === undefined ? text : `${value}: ${text}`,
      },
    }
  }
}

/** `finding('of customers bring half of the revenue', '11%')` as a cell's last line puts a headline into the report. */
export function finding(text: string, value?: string): Finding {
  return new Finding(value === undefined ? { text } : { text, value })
}
