import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { quoted } from '../../lib/report/quoted.ts'
import { writeIndex, type ReportCard } from '../../lib/report/index.ts'

function reports(cards: Readonly<Record<string, Partial<ReportCard>>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-index-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  for (const [place, card] of Object.entries(cards)) {
    fs.mkdirSync(path.join(folder, place), { recursive: true })
    const whole: ReportCard = {
      name: 'n',
      title: 'Title',
      finding: 'It holds.',
      data: 'Shop',
      state: 'ok',
      drawing: '<svg role="img"></svg>',
      ...card,
    }
    fs.writeFileSync(path.join(folder, place, `${whole.name}.json`), JSON.stringify(whole))
  }
  return folder
}
const index = async (folder: string, folders: readonly string[], file = 'index.html'): Promise<string> =>
  quoted(fs.readFileSync(await writeIndex(folder, folders, path.join(folder, file)), 'utf8'))

test('lists each report with its link, finding, data, drawing and state', async () => {
  const page = await index(reports({ embedded: {}, 'local/cdnow': { data: 'CDNOW', state: 'failed', finding: 'It broke.' } }), [
    'embedded',
    'local/cdnow',
  ])
  expect(page).toMatch(
    /<h2>Shop<\/h2>[\s\S]*<a href="embedded\/n.html">Title<\/a>[\s\S]*<h2>CDNOW<\/h2>[\s\S]*<a href="local\/cdnow\/n.html">Title<\/a>/,
  )
  expect(page).toContain('It holds.')
  expect(page.match(/complete: every step ran/g)).toHaveLength(1)
  expect(page.match(/class="state-failed">failed/g)).toHaveLength(1)
  expect(page.match(/<svg role="img">/g)).toHaveLength(2)
})

test('a finding links to the cell that made it, its number apart; the date is that of the run, in words', async () => {
  const folder = reports({ embedded: { value: '70%', cell: 'c 7', others: [{ text: 'and more', value: '5%', cell: 'd' }] } })
  fs.writeFileSync(
    path.join(folder, 'embedded/n.html'),
    '<section>\n<!-- clvlab:run --><dl>\n<dt>Run</dt><dd>2026-03-09, 5 s</dd>\n<dt>Machine</dt><dd>m</dd>\n<dt>Commit</dt><dd>c</dd>\n</dl><!-- /clvlab:run -->\n</section>\n</main>\n',
  )
  const page = await index(folder, ['embedded'])
  expect(page).toContain('<a href="embedded/n.html#cell-c%207"><b>70%</b> It holds.</a>')
  expect(page).toContain(
    '<time datetime="2026-03-09">9 March 2026</time> · made by an earlier version · complete: every step ran · again with <code>npm start -- --notebook n</code>',
  )
})

test('links are seen from where the index lies', async () => {
  expect(await index(reports({ embedded: {} }), ['embedded'], 'embedded/index.html')).toContain('<a href="n.html">')
})

test('words of a report stay words', async () => {
  const page = await index(reports({ embedded: { title: '<script>alert(1)</script>', finding: 'a < b', data: '"x"' } }), [
    'embedded',
  ])
  expect(page).toContain('&lt;script>alert(1)&lt;/script>')
  expect(page).toContain('<h2>"x"</h2>')
  expect(page).toContain('a &lt; b')
})

test('asks the network for nothing; a folder that is not there has no reports', async () => {
  const page = await index(reports({ embedded: {} }), ['embedded', 'local/none'])
  expect(page).toContain(`default-src 'none'`)
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  expect(page.match(/<li>/g)).toHaveLength(1)
})

test('says what the data is, made up or real, and what the words of a finding mean; one section for each set', async () => {
  const shop = { title: 'Shop', checksum: 'a', customers: 8123, firstDay: '2023-01-01', lastDay: '2024-12-31' }
  const cards = {
    embedded: { facts: { ...shop, name: 'simulated', currency: 'GBP' }, finding: 'is the normalised Gini.' },
    'local/shop': { facts: { ...shop, checksum: 'b', name: 'online-retail' } },
  }
  const page = await index(reports(cards), ['embedded', 'local/shop'])
  expect(page).toContain(
    'Simulated: made up by a program, no real shop and no real customer. 8,123 customers. 1 January 2023 to 31 December 2024. Amounts in GBP',
  )
  expect(page).toContain('Real: what customers of a real shop bought. 8,123 customers')
  expect(page.match(/<h2>Shop/g)).toHaveLength(2)
  expect(page).toMatch(/<b>Normalised Gini\.<\/b> How well customers are put in order/)
  expect(page).toContain('<code>npm start -- --notebook n --data FOLDER</code>')
})

test('a card that is none, or half of one, is passed over with a warning, and its drawing draws only', async () => {
  const bad =
    '<svg><meta http-equiv="refresh" content="0;url=https://evil.example/"><script>alert(1)</script><path d="M0,0"/></svg>'
  const folder = reports({ embedded: { drawing: bad } })
  for (const [name, text] of [
    ['half.json', '{"name":"ha'],
    ['other.json', '{}'],
    ['null.json', 'null'],
    ['up.json', JSON.stringify({ name: '../x', title: '', finding: '', data: '', state: 'ok', drawing: '' })],
  ] as const)
    fs.writeFileSync(path.join(folder, 'embedded', name), text)
  const warned: string[] = []
  const page = fs.readFileSync(
    await writeIndex(folder, ['embedded'], path.join(folder, 'index.html'), text => void warned.push(text)),
    'utf8',
  )
  expect(warned).toHaveLength(4)
  expect(warned[0]).toMatch(/half\.json is no whole card of a report/)
  expect(page.match(/<h3>/g)).toHaveLength(1)
  expect(page).toContain('<path d=M0,0 />')
  expect(page).not.toMatch(/http-equiv="refresh"|alert\(1\)<\/script>/)
})

test('a report of an earlier version, which kept no facts of its data, says so, and stands with newer ones on the same', async () => {
  const facts = { title: 'Shop', checksum: 'abc', name: 'cdnow', customers: 5 }
  const apart = await index(reports({ 'local/a': {} }), ['local/a'])
  expect(apart).toMatch(/<h2>Shop<\/h2><p class="meta">An earlier version kept no more of this data than its name/)
  expect(apart).toContain('<p class="meta">day of the run not known · made by an earlier version · complete')
  const beside = await index(reports({ 'local/a': {}, 'local/b': { facts } }), ['local/a', 'local/b'])
  expect(beside.match(/<h2>Shop<\/h2>/g)).toHaveLength(1)
  expect(beside).toContain('<p class="meta">Real: what customers of a real shop bought. 5 customers</p>')
  expect(beside.match(/made by an earlier version/g)).toHaveLength(1)
  expect(beside).not.toContain('An earlier version kept')
})
