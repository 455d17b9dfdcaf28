import { unescapeHtml } from '../escape.ts'
import type { RunRecord } from '../record/run-record.ts'

/**
 * Where a reader of the page and a reader of its record are told other things: findings word for word, and the scores that stand in tables of the
 * models. One of the two has been changed by hand then; which one, only another run can tell (`report check`).
 */
export function doubtsOf(html: string, record: RunRecord): readonly string[] {
  const speaks = 'what follows speaks of the record'
  const missing = missingScores(html, record)
  return [
    ...(findingsAgree(html, record) ? [] : [`the findings on the page are not those of the record in it; ${speaks}`]),
    ...(missing.length === 0 ? [] : [`the page's tables do not hold what its record says of ${namedIn(missing)}; ${speaks}`]),
  ]
}

/** The first few. */
function namedIn(titles: readonly string[]): string {
  const all = [...new Set(titles)]
  return all.length > 3 ? `${all.slice(0, 2).join(', ')} and ${all.length - 2} more models` : all.join(', ')
}

function findingsAgree(html: string, { findings }: RunRecord): boolean {
  const list = /<section class="findings"[\s\S]*?<ul>([\s\S]*?)<\/ul>/.exec(html)?.[1] ?? ''
  const items = list.split('<li>').slice(1).map(textOf)
  const said = findings.map(({ text, value }) => squeezed([value ?? '', text].join(' ')))
  return items.length === said.length && said.every((words, i) => items[i]?.startsWith(words))
}

/** Titles of models of which a share stands in no row of theirs. */
function missingScores(html: string, { comparisons }: RunRecord): readonly string[] {
  const rows = new Map<string, string>()
  for (const [, title, cells] of html.matchAll(
    /<tr><th scope="row">([^<]*)(?:<\/th>)?([\s\S]*?)(?=<tr\b|<\/(?:tr|tbody|table)>)/g,
  )) {
    const name = unescapeHtml(title as string)
    // a table's minus is the sign of that name, not the hyphen of numbers in code
    rows.set(name, `${rows.get(name) ?? ''} ${textOf(cells as string).replaceAll('−', '-')}`)
  }
  return comparisons.flatMap(({ scores }) =>
    scores.flatMap(({ title, value, unit }) => {
      const row = rows.get(title)
      if (row === undefined || value === null || unit === 'money' || Math.abs(value) >= 10) return []
      return shownAs(value).some(shown => row.includes(shown)) ? [] : [title]
    }),
  )
}

/** To three digits, as the tables have it; a record's seventh digit may tip the third. */
const shownAs = (value: number): readonly string[] =>
  [0, 1e-6, -1e-6].map(more => (value + more).toFixed(3).replace(/^-(0\.0+)$/, '$1'))

const textOf = (html: string): string => squeezed(unescapeHtml(html.replaceAll(/<[^>]*>/g, ' ')))
const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
