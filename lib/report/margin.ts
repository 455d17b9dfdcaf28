import { escapeHtml } from './escape.ts'
import { GLOSSARY, type Word } from './glossary.ts'

const PARAGRAPH = /<p>[\s\S]*?<\/p>/g
const FORMULA = /<math[\s\S]*?<\/math>/g

/** Explains each word of the glossary where a reader first meets it, and keeps what was explained for the list at the end. */
export class Margin {
  private readonly met = new Set<Word>()

  /** Notes on words that this text is the first to use. */
  notes(text: string): string {
    return this.newIn(text)
      .map(({ term, meaning }) => `<p class="margin" role="note"><b>${escapeHtml(term)}.</b> ${escapeHtml(meaning)}</p>`)
      .join('')
  }

  /** Paragraphs, each with its notes before it and the words that they explain linked to the list at the end. */
  explained(html: string): string {
    return html.replace(PARAGRAPH, paragraph => {
      const before = new Set(this.met)
      const notes = this.notes(paragraph.replaceAll(FORMULA, '').replaceAll(/<[^>]*>/g, ''))
      const words = [...this.met].filter(word => !before.has(word))
      return notes + words.reduce(linked, paragraph)
    })
  }

  /** What was explained, by the alphabet; nothing where nothing was. */
  list(): string {
    if (this.met.size === 0) return ''
    const items = [...this.met]
      .toSorted((a, b) => (a.term.toLowerCase() < b.term.toLowerCase() ? -1 : 1))
      .map(({ id, term, meaning }) => `<dt id="word-${id}">${escapeHtml(term)}</dt><dd>${escapeHtml(meaning)}</dd>`)
    return `<section class="words" aria-labelledby="words"><h2 id="words">Words</h2><dl>${items.join('\n')}</dl></section>`
  }

  private newIn(text: string): readonly Word[] {
    const words = GLOSSARY.filter(word => !this.met.has(word) && word.written.test(text))
    for (const word of words) this.met.add(word)
    return words
  }
}

/** The first time it stands in running text, not in code, a formula or another link. */
function linked(html: string, { id, written }: Word): string {
  let [done, closed] = [false, 0]
  return html
    .split(/(<[^>]*>)/)
    .map(part => {
      if (part.startsWith('<')) {
        if (/^<(?:a|code|math)\b/.test(part)) closed++
        if (/^<\/(?:a|code|math)\b/.test(part)) closed--
        return part
      }
      if (done || closed > 0 || !written.test(part)) return part
      done = true
      return part.replace(written, word => `<a class="word" href="#word-${id}">${word}</a>`)
    })
    .join('')
}
