import { DISPLAY, type Displayable, type MimeBundle } from '../schema/index.ts'

/** The MIME type of a finding in a notebook's output. */
export const FINDING_MIME = 'application/vnd.clvlab.finding+json'

/** What a reader should take away: one sentence, and the number it hangs on where there is one. */
export interface FindingParts {
  readonly text: string
  /** As it is to be read: `0.84`, `€1.2 million`. */
  readonly value?: string
}

/** What a notebook carries as a finding; undefined for what is none, such as from a notebook that something else has made. */
export function findingIn(data: Readonly<Record<string, unknown>>): FindingParts | undefined {
  const found = data[FINDING_MIME]
  if (typeof found !== 'object' || found === null) return undefined
  const { text, value } = found as Readonly<Record<string, unknown>>
  if (typeof text !== 'string' || (value !== undefined && typeof value !== 'string')) return undefined
  return value === undefined ? { text } : { text, value }
}

/** As it is read: no sign of it means anything else to Markdown. */
export const literal = (text: string): string => text.replaceAll(/[\\`*_[\]<~$]/g, '\\$&')

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
        'text/markdown': value === undefined ? `**${literal(text)}**` : `**${literal(value)}** ${literal(text)}`,
        'text/plain': value === undefined ? text : `${value}: ${text}`,
      },
    }
  }
}

/** `finding('of customers bring half of the revenue', '11%')` as a cell's last line puts a headline into the report. */
export function finding(text: string, value?: string): Finding {
  return new Finding(value === undefined ? { text } : { text, value })
}
