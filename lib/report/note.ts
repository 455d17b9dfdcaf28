import { DISPLAY, type Displayable, type MimeBundle } from '../schema/index.ts'

/** Text that is computed: shown as Markdown in the notebook and in the report. */
export class Note implements Displayable {
  readonly markdown: string

  constructor(markdown: string) {
    this.markdown = markdown
  }

  [DISPLAY](): MimeBundle {
    return { data: { 'text/markdown': this.markdown, 'text/plain': this.markdown } }
  }
}

export function note(markdown: string): Note {
  return new Note(markdown)
}
