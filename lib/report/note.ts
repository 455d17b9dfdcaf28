import { DISPLAY, type Displayable, type MimeBundle } from '../schema/index.ts'
import { literal } from './finding.ts'

/** Text that is computed: shown as Markdown in the notebook and in the report. */
export class Note implements Displayable {
  readonly markdown: string
  /** Of the table that the text is. */
  readonly title: string | undefined

  constructor(markdown: string, title?: string) {
    this.markdown = markdown
    this.title = title
  }

  [DISPLAY](): MimeBundle {
    const { markdown, title } = this
    if (title === undefined) return { data: { 'text/markdown': markdown, 'text/plain': markdown } }
    return {
      data: { 'text/markdown': `${titleLine(title)}${markdown}`, 'text/plain': `${title}\n\n${markdown}` },
      metadata: { clvlab: { title } },
    }
  }
}

const titleLine = (title: string): string => `**${literal(title)}**\n\n`

/** Markdown of a titled note without the line that says its title: a report says it beside the table's number. */
export function untitled(markdown: string, title: string): string {
  return markdown.startsWith(titleLine(title)) ? markdown.slice(titleLine(title).length) : markdown
}

/** `note('Some **words**.')`; a table in Markdown is numbered in the report when it is given a title: `note('| a | b |…', 'What was estimated')`. */
export function note(markdown: string, title?: string): Note {
  return new Note(markdown, title)
}
