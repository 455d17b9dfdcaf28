import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import {
  exerciseOf,
  isUntouched,
  parseNotebook,
  readNotebook,
  runNotebook,
  serialiseNotebook,
  solutionOf,
  tagsOf,
  writeNotebook,
  withoutExercises,
} from '../../../lib/notebook/index.ts'
import type { CodeCell, Notebook } from '../../../lib/notebook/index.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-exercise-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

const code = (source: string, tags: readonly string[] = []): CodeCell => ({
  cell_type: 'code',
  id: `c${source.length}-${tags.length}`,
  metadata: tags.length === 0 ? {} : { tags },
  source,
  execution_count: 3,
  outputs: [{ output_type: 'stream', name: 'stdout', text: 'old' }],
})
const notebookOf = (...cells: readonly Notebook['cells'][number][]): Notebook => ({
  cells,
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
})
const sources = (notebook: Notebook): readonly string[] => notebook.cells.map(({ source }) => source)

const COURSE = notebookOf(
  code("import { check, todo } from 'clvlab'\nconst spend = [1, 2, 3, 94]"),
  { cell_type: 'markdown', id: 'task', metadata: { tags: ['exercise'] }, source: 'What is the share of the largest?' },
  code(
    "/// solution\n/// stub: const share: number = todo('the largest over the sum of all')\nconst sum = spend.reduce((a, b) => a + b, 0)\nconst share: number = Math.max(...spend) / sum\n/// end",
  ),
  code("check('the share', () => share === 0.94, 'divide the largest by the sum')"),
  { cell_type: 'markdown', id: 'why', metadata: { tags: ['solution'] }, source: 'Nearly all of it.' },
)

describe('one notebook, two editions', () => {
  test('the exercise has stubs in place of solutions, and no outputs', () => {
    const exercise = exerciseOf(COURSE, 'course.ipynb')
    expect(sources(exercise)).toEqual([
      "import { check, todo } from 'clvlab'\nconst spend = [1, 2, 3, 94]",
      'What is the share of the largest?',
      "const share: number = todo('the largest over the sum of all')",
      "check('the share', () => share === 0.94, 'divide the largest by the sum')",
    ])
    expect(
      exercise.cells.every(cell => cell.cell_type !== 'code' || (cell.outputs.length === 0 && cell.execution_count === null)),
    ).toBe(true)
  })

  test('the solution has neither marks nor the words of the exercise', () => {
    const solution = solutionOf(COURSE, 'course.ipynb')
    expect(sources(solution).slice(1)).toEqual([
      'const sum = spend.reduce((a, b) => a + b, 0)\nconst share: number = Math.max(...spend) / sum',
      "check('the share', () => share === 0.94, 'divide the largest by the sum')",
      'Nearly all of it.',
    ])
  })

  test('a region without a stub leaves a remark at its own indent', () => {
    const source = 'const f = (x: number): void => {\n  /// solution\n  const y = x * x\n  console.log(y)\n  /// end\n}'
    expect(sources(exerciseOf(notebookOf(code(source)), 'n'))).toEqual([
      'const f = (x: number): void => {\n  // Your turn: 2 lines in our solution.\n}',
    ])
    expect(sources(solutionOf(notebookOf(code(source)), 'n'))).toEqual([
      'const f = (x: number): void => {\n  const y = x * x\n  console.log(y)\n}',
    ])
  })

  test('where a solution returns something, an error stands for it: a function with a type compiles, and a check meets its words', () => {
    const source = 'const f = (x: number): number => {\n  /// solution\n  return [x]\n    .map(y => y * y)[0] ?? 0\n  /// end\n}'
    expect(sources(exerciseOf(notebookOf(code(source)), 'n'))).toEqual([
      "const f = (x: number): number => {\n  throw new Error('your turn: 2 lines in our solution')\n}",
    ])
    const inner = '/// solution\nconst g = () => {\n  return 1\n}\n/// end'
    expect(sources(exerciseOf(notebookOf(code(inner)), 'n'))).toEqual(['// Your turn: 3 lines in our solution.'])
  })

  test('an edition knows whether somebody has worked in it', () => {
    const made = parseNotebook(serialiseNotebook(exerciseOf(COURSE, 'n')), 'n')
    expect(isUntouched(made, 'exercise')).toBe(true)
    expect(isUntouched({ ...made, metadata: { ...made.metadata, kernelspec: { name: 'clvlab' } } }, 'exercise')).toBe(true)
    expect(isUntouched(made, 'solution')).toBe(false)
    expect(isUntouched(COURSE, 'exercise')).toBe(false)
    const written = made.cells.map((cell, i) => (i === 2 ? { ...cell, source: 'const share = 0.94' } : cell))
    expect(isUntouched({ ...made, cells: written }, 'exercise')).toBe(false)
    expect(isUntouched({ ...made, cells: COURSE.cells }, 'exercise')).toBe(false)
  })

  test('no line of a solution reaches the exercise, and every shared line reaches both', () => {
    const line = fc.integer({ min: 0, max: 9999 })
    const part = fc.record({ solution: fc.boolean(), lines: fc.array(line, { minLength: 1, maxLength: 4 }) })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), parts => {
        fc.pre(parts.some(({ solution }) => solution))
        const shown = ({ solution, lines }: (typeof parts)[number]): readonly string[] =>
          lines.map(each => `${solution ? 'secret' : 'shared'}(${each})`)
        const source = parts
          .map(each => (each.solution ? ['/// solution', ...shown(each), '/// end'] : shown(each)).join('\n'))
          .join('\n')
        const [exercise] = sources(exerciseOf(notebookOf(code(source)), 'n'))
        const [solution] = sources(solutionOf(notebookOf(code(source)), 'n'))
        expect(exercise).not.toContain('secret')
        expect(exercise?.split('\n').filter(each => each.startsWith('shared'))).toEqual(
          parts.filter(each => !each.solution).flatMap(shown),
        )
        expect(solution).toBe(parts.flatMap(shown).join('\n'))
      }),
    )
  })

  test.each([
    ['/// solution\nx', /a solution is not ended\n {2}where: n, cell 1, line 1/],
    ['x\n/// end', /"\/\/\/ end" stands out of place\n {2}where: n, cell 1, line 2/],
    ['/// solution\nx\n/// solution\ny\n/// end', /begins within another\n {2}where: n, cell 1, line 3/],
    ['/// solution\nx\n/// stub: y\n/// end', /a stub stands below/],
    ['/// solution\n/// end', /a solution is empty/],
    ['/// stub: y', /stands out of place/],
    ['x', /the notebook has no exercise/],
  ])('%j is refused with its place', (source, message) => {
    expect(() => exerciseOf(notebookOf(code(source)), 'n')).toThrow(message)
    expect(() => solutionOf(notebookOf(code(source)), 'n')).toThrow(message)
  })
})

test('in the kernel the solution runs to its end, and the exercise ends with a hint, not a stack trace', async () => {
  const runs = { exercise: path.join(folder, 'exercise.ipynb'), solution: path.join(folder, 'solution.ipynb') }
  await writeNotebook(runs.exercise, exerciseOf(COURSE, 'course.ipynb'))
  await writeNotebook(runs.solution, solutionOf(COURSE, 'course.ipynb'))
  expect(await runNotebook({ notebook: runs.solution, out: runs.solution })).toMatchObject({ status: 'ok' })
  const solved = (await readNotebook(runs.solution)).cells[2] as CodeCell
  expect(solved.outputs).toMatchObject([{ data: { 'text/plain': '✓ the share' } }])
  expect(await runNotebook({ notebook: runs.exercise, out: runs.exercise, onError: 'continue' })).toMatchObject({
    status: 'error',
  })
  const cells = (await readNotebook(runs.exercise)).cells.filter(cell => cell.cell_type === 'code')
  expect(cells[1]?.outputs).toEqual([])
  expect(cells[2]?.outputs).toMatchObject([
    { ename: 'ExerciseError', traceback: ['not yet: the share\n  hint: divide the largest by the sum'] },
  ])
})

test('what is written can be read again, tags and all', () => {
  const exercise = exerciseOf(COURSE, 'course.ipynb')
  expect(tagsOf(exercise.cells[1] as CodeCell)).toEqual(['exercise'])
  expect(parseNotebook(JSON.stringify(exercise), 'again')).toEqual(exercise)
})

test('for a reader, the marks and the cells for learners are gone, and what ran is kept', () => {
  const output = { output_type: 'stream', name: 'stdout', text: '4' } as const
  const code = { cell_type: 'code', id: 'a', metadata: {}, execution_count: 3, outputs: [output] } as const
  const shown = withoutExercises({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { cell_type: 'markdown', id: 'm', metadata: { tags: ['exercise'] }, source: 'Your turn.' },
      { ...code, source: 'a\n  /// solution\n  /// stub: b\n  c\n  /// end\n/// no mark' },
    ],
  })
  expect(shown.cells).toEqual([{ ...code, source: 'a\n  c\n/// no mark' }])
})
