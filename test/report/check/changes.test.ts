import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { finding, reportChanges, writeReport } from '../../../lib/report/index.ts'
import { COMPARISON_MIME, DISPLAY } from '../../../lib/schema/index.ts'
import { score } from '../diff/runs.ts'
import { code, drawing, notebook, provenance, shown, pngOf } from '../notebook.ts'

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-check-'))
afterAll(() => fs.rmSync(root, { recursive: true, force: true }))
const [was, now] = [path.join(root, 'was'), path.join(root, 'now')] as const

interface Parts {
  readonly words?: string
  readonly value?: string
  readonly gini?: number
  readonly caption?: string
  readonly bar?: number
  readonly png?: string
  readonly source?: string
}

/** Writes a report of these parts. */
async function report(
  folder: string,
  { words = 'Words.', value = '70%', gini = 0.5, caption = 'C', bar = 1, png = 'one', source = '1' }: Parts,
  run = provenance.run,
) {
  const document = notebook(
    `# A title\n\n${words}`,
    code(
      'c',
      'compare()',
      shown({ 'text/plain': `gini ${gini}`, [COMPARISON_MIME]: { digest: 'd', split: 's', scores: [score({ value: gini })] } }),
    ),
    code(
      'g',
      source,
      shown(
        { 'application/vnd.vegalite.v5+json': { mark: 'bar', bar }, 'image/png': pngOf(png).toString('base64') },
        { clvlab: { title: 'T', caption, alt: 'A' } },
      ),
    ),
    code('f', 'finding()', shown({ ...finding('stay', value)[DISPLAY]().data })),
  )
  const drawn = {
    ...drawing,
    svg: async (spec: Readonly<Record<string, unknown>>) => `<svg role="img"><path d="M${String(spec['bar'])}"/></svg>`,
  }
  await writeReport(folder, 'r', document, { provenance: { ...provenance, run }, drawing: drawn })
}

beforeEach(() => fs.rmSync(root, { recursive: true, force: true }))

test('a report holds where only date, duration, machine and commit are others', async () => {
  await report(was, {})
  await report(now, {}, { date: '2030-12-31', duration: '9 s', machine: 'another', commit: 'beef' })
  expect(reportChanges(was, now, 'r')).toEqual([])
})

test.each<readonly [string, Parts, object]>([
  [
    'words',
    { words: 'Other words.' },
    { kind: 'text', was: expect.stringContaining('Words.'), now: expect.stringContaining('Other words.') },
  ],
  ['a finding', { value: '71%' }, { kind: 'finding', at: 'finding of cell f', was: '70% stay', now: '71% stay' }],
  ['a score', { gini: 0.6 }, { kind: 'score', at: 'Gini of Model M', was: '0.500', now: '0.600' }],
  ['an output', { gini: 0.6 }, { kind: 'cell', cell: 'c', was: 'gini 0.5', now: 'gini 0.6' }],
  [
    'a caption',
    { caption: 'D' },
    { kind: 'figure', at: 'figure 1', cell: 'g', was: expect.stringMatching(/T\. C$/), now: expect.stringMatching(/T\. D$/) },
  ],
  ['a drawing', { bar: 2 }, { kind: 'figure', at: 'figure 1', cell: 'g', was: 'the same words, drawn otherwise' }],
  ['code', { source: '2' }, { kind: 'cell', at: 'the code of cell g', cell: 'g' }],
  ['a picture', { png: 'two' }, { kind: 'file', at: path.join('images', 'r', 'figure-1.png') }],
])('%s that changed is named', async (_, parts, change) => {
  await report(was, {})
  await report(now, parts)
  expect(reportChanges(was, now, 'r')).toContainEqual(expect.objectContaining(change))
})

test('a report that is not there, or a file of it, is named', async () => {
  await report(now, {})
  expect(reportChanges(was, now, 'r')).toEqual([
    { kind: 'file', at: 'the report', was: 'not there', now: expect.stringContaining('long') as string },
  ])
  await report(was, {})
  fs.rmSync(path.join(was, 'r.md'))
  expect(reportChanges(was, now, 'r')).toEqual([
    { kind: 'file', at: 'r.md', was: 'not there', now: expect.stringContaining('long') as string },
  ])
})
