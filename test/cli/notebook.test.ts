import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()
const course = path.join(folder, 'course.ipynb')
const cell = {
  cell_type: 'code',
  id: 'a',
  metadata: {},
  source: ['/// solution\n', 'const a = 1\n', '/// end'],
  execution_count: null,
  outputs: [],
}
const text = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 })
fs.writeFileSync(course, text)

test('strip and solution write beside the notebook, and leave it as it is', async () => {
  expect(await run('notebook', 'strip', course)).toMatchObject({
    code: 0,
    stdout: `${path.join(folder, 'course.exercise.ipynb')}\n`,
  })
  expect(await run('notebook', 'solution', course)).toMatchObject({
    code: 0,
    stdout: `${path.join(folder, 'course.solution.ipynb')}\n`,
  })
  expect(fs.readFileSync(path.join(folder, 'course.exercise.ipynb'), 'utf8')).not.toContain('const a = 1')
  expect(fs.readFileSync(path.join(folder, 'course.solution.ipynb'), 'utf8')).toContain('const a = 1')
  expect(fs.readFileSync(course, 'utf8')).toBe(text)
})

test.each([
  [['notebook', 'strip', course, '--out', course], 2, /would be overwritten/],
  [['notebook', 'shave', course], 2, /"shave" is nothing to do with a notebook/],
  [['notebook', 'strip'], 2, /NOTEBOOK is missing/],
  [['notebook', 'strip', path.join(folder, 'none.ipynb')], 1, /none\.ipynb/],
])('%j is refused', async (argv, code, message) => {
  const ran = await run(...argv)
  expect(ran.code).toBe(code)
  expect(ran.stderr).toMatch(message)
  expect(ran.stderr).not.toMatch(/^\s+at /m)
})

test.each([
  ['a link', (from: string, to: string) => fs.symlinkSync(from, to)],
  ['a hard link', (from: string, to: string) => fs.linkSync(from, to)],
])('a notebook that is named through %s is not written over', async (_, link) => {
  const place = fs.mkdtempSync(path.join(folder, 'link-'))
  const [source, other] = [path.join(place, 'source.ipynb'), path.join(place, 'other.ipynb')]
  fs.writeFileSync(source, text)
  link(source, other)
  for (const argv of [
    ['strip', other, '--out', source],
    ['solution', source, '--out', other, '--force'],
  ])
    expect(await run('notebook', ...argv)).toMatchObject({ code: 2, stderr: expect.stringMatching(/would be overwritten/) })
  expect(fs.readFileSync(source, 'utf8')).toBe(text)
})

test('an exercise that somebody has worked in stays, unless it is forced; an untouched one is made anew', async () => {
  const out = path.join(folder, 'mine.ipynb')
  const strip = async (...more: readonly string[]) => await run('notebook', 'strip', course, '--out', out, ...more)
  expect((await strip()).code).toBe(0)
  expect((await strip()).code).toBe(0)
  const made = fs.readFileSync(out, 'utf8')
  const worked = made.replace('// Your turn: one line in our solution.', 'const a = 2')
  expect(worked).not.toBe(made)
  fs.writeFileSync(out, worked)
  expect(await strip()).toMatchObject({ code: 2, stderr: expect.stringMatching(/somebody may have worked in it[^]*--force/) })
  expect(fs.readFileSync(out, 'utf8')).toBe(worked)
  expect((await strip('--force')).code).toBe(0)
  expect(fs.readFileSync(out, 'utf8')).toBe(made)
  fs.writeFileSync(out, 'my own notes')
  expect((await strip()).code).toBe(2)
  expect(fs.readFileSync(out, 'utf8')).toBe('my own notes')
})

test('strip warns of a cell that does not compile before it is solved, and of no cell that never does', async () => {
  const cells = ['const broken: number = 1 + "a"', '/// solution\nconst hidden = 5\n/// end\nhidden + 1'].map((source, i) => ({
    ...cell,
    id: `c${i}`,
    source,
  }))
  const file = path.join(folder, 'uncompiled.ipynb')
  fs.writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }))
  const ran = await run('notebook', 'strip', file)
  expect(ran.code).toBe(0)
  expect(ran.stderr).toMatch(/warning: cell 2 does not compile before it is solved[^]*Cannot find name 'hidden'/)
  expect(ran.stderr).not.toContain('cell 1')
})
