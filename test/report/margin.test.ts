import { describe, expect, test } from 'vitest'
import { GLOSSARY } from '../../lib/report/glossary.ts'
import { Margin } from '../../lib/report/margin.ts'

describe('words of art', () => {
  test('are explained before the paragraph that is the first to use them, and linked to the list', () => {
    const margin = new Margin()
    const html = margin.explained('<p>No word.</p>\n<p>The <em>AUC</em> is high, the AUC.</p>\n<p>AUC again.</p>')
    expect(html).toMatch(
      /^<p>No word\.<\/p>\n<p class="margin" role="note"><b>AUC\.<\/b> .*<\/p><p>The <em><a class="word" href="#word-auc">AUC<\/a><\/em> is high, the AUC\.<\/p>\n<p>AUC again\.<\/p>$/,
    )
    expect(margin.list()).toContain('<dt id="word-auc">AUC</dt>')
    expect(margin.list().match(/<dt/g)).toHaveLength(1)
  })

  test('are not linked within code or another link, nor in attributes', () => {
    const html = new Margin().explained('<p><code>AUC</code> <a href="x">AUC</a> <span title="AUC">AUC</span></p>')
    expect(html).toContain(
      '<code>AUC</code> <a href="x">AUC</a> <span title="AUC"><a class="word" href="#word-auc">AUC</a></span>',
    )
  })

  test('come once, the findings before all', () => {
    const margin = new Margin()
    expect(margin.notes('a cutoff and a horizon').match(/class="margin"/g)).toHaveLength(2)
    expect(margin.explained('<p>cutoff</p>')).toBe('<p>cutoff</p>')
  })

  test('that no text uses are not listed', () => expect(new Margin().list()).toBe(''))

  test('have each an id of its own, and are found by their own name', () => {
    expect(new Set(GLOSSARY.map(({ id }) => id)).size).toBe(GLOSSARY.length)
    for (const { term, written, meaning } of GLOSSARY) {
      expect(term).toMatch(written)
      expect(meaning).toMatch(/^[A-Z].*[.).]$/)
    }
  })
})
