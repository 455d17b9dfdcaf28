import { describe, expect, test } from 'vitest'
import { exportHtml, exportMarkdown, note } from '../../lib/report/index.ts'
import { quoted } from '../../lib/report/quoted.ts'
import { DISPLAY, Table, type Displayable, type MimeBundle } from '../../lib/schema/index.ts'
import { code, drawing, notebook, provenance, shown } from './notebook.ts'

const cellOf = (id: string, value: Displayable) => {
  const { data, metadata = {} } = value[DISPLAY]() as MimeBundle
  return code(id, id, shown({ ...data }, { ...metadata }))
}
const table = Table.of({ name: ['a', 'b'], spend: [1, 2] })
const two = '<table><caption>One</caption><tr><td>1</td></tr></table><table><caption>Two</caption><tr><td>2</td></tr></table>'
const ran = notebook(
  '# T',
  cellOf('plain', table),
  cellOf('titled', table.titled('Who <spent>', { spend: 'spend, in £' })),
  code('pair', 'pair', shown({ 'text/html': two, 'text/plain': 'two' })),
  cellOf('note', note('| a |\n|-|\n| 1 |\n\nBeneath.', 'What *was* estimated')),
  cellOf('words', note('| a |\n|-|\n| 1 |')),
  code('foreign', 'foreign', shown({ 'text/html': '<table><tr><td>1</td></tr></table>' })),
)

describe('in the report', async () => {
  const page = quoted(await exportHtml(ran, { provenance, drawing }))
  const caption = (number: number): string | undefined =>
    new RegExp(`<div class="tabled" id="table-${number}"><p class="caption">(.*?)</p>`).exec(page)?.[1]

  test('a table of this library has a number, and says its size and time in its caption, not beneath', () => {
    expect(caption(1)).toBe('<a href="#table-1">Table 1.</a> 2 rows × 2 columns; known before the cutoff.')
    expect(page.match(/2 rows × 2 columns/g)).toHaveLength(2)
  })

  test('its title comes first, and columns bear their words', () => {
    expect(caption(2)).toBe(
      '<a href="#table-2">Table 2.</a> <b>Who &#60;spent&#62;.</b> 2 rows × 2 columns; known before the cutoff.',
    )
    expect(page).toContain('<th scope="col" class="number">spend, in £')
    expect(page).not.toContain('<caption>Who')
  })

  test('of several in one output each has its own', () => {
    for (const [number, words] of [
      [3, 'One'],
      [4, 'Two'],
    ] as const)
      expect(page).toContain(`<caption id="table-${number}"><a href="#table-${number}">Table ${number}.</a> ${words}</caption>`)
    expect(page).toContain('aria-label="Tables 3 and 4"')
  })

  test('a note with a title is a table, one without is text; foreign tables without a caption have no number', () => {
    expect(caption(5)).toBe('<a href="#table-5">Table 5.</a> <b>What *was* estimated.</b>')
    expect(page.match(/What \*was\* estimated/g)).toHaveLength(1)
    expect(page).not.toContain('table-6')
  })
})

test('the twin has the same numbers before its tables', () => {
  const { text } = exportMarkdown(ran, provenance, 'i')
  expect(text).toContain('*Table 1.*\n\n```text\nname')
  expect(text).toContain('*Tables 3 and 4.*\n\n```text\ntwo')
  expect(text).toContain('*Table 5. What \\*was\\* estimated.*\n\n| a |')
  expect(text).not.toContain('**What')
})
