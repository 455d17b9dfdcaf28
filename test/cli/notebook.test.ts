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
  [['notebook', 'strip', course, '--out', course], 2, /would be written over itself/],
  [['notebook', 'shave', course], 2, /"shave" is nothing to do with a notebook/],
  [['notebook', 'strip'], 2, /NOTEBOOK is missing/],
  [['notebook', 'strip', path.join(folder, 'none.ipynb')], 1, /none\.ipynb/],
])('%j is refused', async (argv, code, message) => {
  const ran = await run(...argv)
  expect(ran.code).toBe(code)
  expect(ran.stderr).toMatch(message)
  expect(ran.stderr).not.toMatch(/^\s+at /m)
})
