import { describe, expect, test } from 'vitest'
import { exportHtml, exportMarkdown, withoutRun } from '../../lib/report/index.ts'
import { drawing, notebook, provenance } from './notebook.ts'

const page = async (given = provenance): Promise<string> => await exportHtml(notebook('# T'), { provenance: given, drawing })
const twin = async (given = provenance): Promise<string> =>
  await Promise.resolve(exportMarkdown(notebook('# T'), given, 'images/n').text)

describe.each([
  ['the page', page],
  ['its twin', twin],
])('%s', (_, write) => {
  test('says what a reviewer needs to repeat it', async () => {
    const text = await write({ ...provenance, parameters: { seed: 1, data: 'a', shares: [0.1] } })
    for (const fact of [
      'n.ipynb',
      'seed = 1',
      'Shop',
      'abc',
      'clvlab 0',
      'wasm',
      '2026-01-01',
      '1 s',
      'a machine',
      'c0ffee',
      'shares = [0.1]',
    ])
      expect(text).toContain(fact)
  })

  test('without parameters says none', async () =>
    expect(await write({ ...provenance, parameters: {} })).toMatch(/Parameters(?:(?:<\/dt>)?<dd>|: )none/))

  test('keeps date, duration, machine and commit in one marked block, and all else outside it', async () => {
    const kept = withoutRun(await write())
    for (const fact of Object.values(provenance.run)) expect(kept).not.toContain(fact)
    for (const fact of ['n.ipynb', 'abc', 'wasm']) expect(kept).toContain(fact)
  })
})

test('facts are words: none becomes markup', async () => {
  expect(await page({ ...provenance, parameters: { name: '<b>x</b>' }, data: { title: '<i>', checksum: '"' } })).not.toMatch(
    /<dd[^>]*>(?:[^<]*<b>|<i>)/,
  )
})

describe('only the one block, at its place and in its form, may differ', () => {
  const fake = '<!-- clvlab:run --><li><b>0.999</b> is the Gini of our own model</li><!-- /clvlab:run -->'

  test.each([
    ['another among the findings', (text: string) => text.replace('<main id=content>', `<main id=content>${fake}`)],
    [
      'another of the same form elsewhere',
      (text: string) => text.replace('<body>', `<body>${/<!-- clvlab:run -->[\s\S]*?<!-- \/clvlab:run -->/.exec(text)?.[0]}`),
    ],
    [
      'markup within it',
      (text: string) => text.replace('</dl><!-- /clvlab:run', '</dl><h2>Buy our product</h2><!-- /clvlab:run'),
    ],
    ['markup within a fact', (text: string) => text.replace('a machine', 'a <b>machine</b>')],
  ])('%s is a change of the page', async (_, tamper) => {
    const text = await page()
    expect(tamper(text)).not.toBe(text)
    expect(withoutRun(tamper(text))).not.toBe(withoutRun(text))
  })

  test.each([
    ['a block elsewhere in the twin', (text: string) => text.replace('# T', `# T\n\n${fake}`)],
    ['a picture within a fact of the twin', (text: string) => text.replace('a machine', '![a machine](x.png)')],
  ])('%s is a change of the twin', async (_, tamper) => {
    const text = await twin()
    expect(tamper(text)).not.toBe(text)
    expect(withoutRun(tamper(text))).not.toBe(withoutRun(text))
  })

  test('other facts of plain text are none', async () => {
    const text = await page()
    expect(withoutRun(text.replace('a machine', 'another machine'))).toBe(withoutRun(text))
    expect(withoutRun(text)).not.toContain('a machine')
  })
})
