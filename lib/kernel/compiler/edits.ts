/**
 * Changes to a text that keep its lines: blanking, insertion and replacement by place. Lines of the result are lines of
 * the original, and a column of the result can be led back, so a stack trace needs no source map.
 */
export class Edits {
  readonly #text: string
  readonly #edits: { start: number; end: number; text: string }[] = []

  constructor(text: string) {
    this.#text = text
  }

  /** Replaces by spaces what is not a line break; `first` stands in the first place, to end a statement. */
  blank(start: number, end: number, first = ''): void {
    if (end <= start) return
    const spaces = this.#text.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, ' ')
    this.replace(start, end, first + spaces.slice(first.length))
  }

  insert(place: number, text: string): void {
    this.replace(place, place, text)
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text })
  }

  /** The text between two places with the edits made. Insertions at one place keep the order in which they were made. */
  apply(from = 0, to = this.#text.length): string {
    let result = ''
    let at = from
    for (const edit of this.#ordered()) {
      if (edit.start < at || edit.end > to) continue
      result += this.#text.slice(at, edit.start) + edit.text
      at = edit.end
    }
    return result + this.#text.slice(at, to)
  }

  /** Leads a place in the applied text (counted from `from`) back to its place in the original. */
  original(place: number, from = 0): number {
    let at = from
    let written = 0
    for (const edit of this.#ordered()) {
      if (edit.start < at) continue
      const gap = edit.start - at
      if (place < written + gap) break
      written += gap
      at = edit.start
      if (place < written + edit.text.length) return edit.start
      written += edit.text.length
      at = edit.end
    }
    return at + Math.max(0, place - written)
  }

  #ordered(): { start: number; end: number; text: string }[] {
    return this.#edits.map((edit, i) => ({ ...edit, i })).sort((a, b) => a.start - b.start || a.end - b.end || a.i - b.i)
  }
}
