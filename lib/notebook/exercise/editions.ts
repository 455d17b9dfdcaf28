import { NotebookError } from '../../errors/index.ts'
import { tagsOf, type Notebook, type NotebookCell } from '../document/notebook.ts'
import { regionsOf, withoutMarks, type Region } from './regions.ts'

/** A cell with this tag stands in the solution alone: an explanation, a longer way. */
export const SOLUTION_TAG = 'solution'
/** A cell with this tag stands in the exercise alone: what to do, where to look. */
export const EXERCISE_TAG = 'exercise'

/**
 * The notebook as learners get it: regions of solutions replaced by their stubs, cells tagged `solution` left out, no outputs.
 *
 * @throws NotebookError `exercise-region`; `no-exercise` where there is nothing to take away
 */
export function exerciseOf(notebook: Notebook, where: string): Notebook {
  return edition(notebook, where, SOLUTION_TAG, ({ indent, stub, lines }) =>
    stub.length === 0
      ? [`${indent}// Your turn: ${lines.length === 1 ? 'one line' : `${lines.length} lines`} in our solution.`]
      : stub.map(line => `${indent}${line}`),
  )
}

/**
 * The notebook as it is handed out afterwards: the marks gone, cells tagged `exercise` left out, no outputs.
 *
 * @throws NotebookError `exercise-region`; `no-exercise`
 */
export function solutionOf(notebook: Notebook, where: string): Notebook {
  return edition(notebook, where, EXERCISE_TAG, ({ lines }) => lines)
}

/** The notebook as it ran, for those who read and do not solve: the marks gone, cells tagged `exercise` left out, outputs kept. */
export function withoutExercises(notebook: Notebook): Notebook {
  const cells = notebook.cells
    .filter(cell => !tagsOf(cell).includes(EXERCISE_TAG))
    .map(cell => (cell.cell_type === 'code' ? { ...cell, source: withoutMarks(cell.source) } : cell))
  return { ...notebook, cells }
}

function edition(notebook: Notebook, where: string, without: string, shown: (region: Region) => readonly string[]): Notebook {
  let exercises = 0
  const cells = notebook.cells.flatMap((cell, i): readonly NotebookCell[] => {
    const tags = tagsOf(cell)
    if (tags.includes(SOLUTION_TAG) || tags.includes(EXERCISE_TAG)) exercises++
    if (tags.includes(without)) return []
    if (cell.cell_type !== 'code') return [cell]
    const parts = regionsOf(cell.source, `${where}, cell ${i + 1}`)
    exercises += parts.filter(({ kind }) => kind === 'solution').length
    const source = parts.flatMap(part => (part.kind === 'solution' ? shown(part) : part.lines)).join('\n')
    return [{ ...cell, source, execution_count: null, outputs: [] }]
  })
  if (exercises > 0) return { ...notebook, cells }
  throw new NotebookError({
    code: 'no-exercise',
    what: 'the notebook has no exercise',
    where,
    remedy: 'mark what learners are to write with `/// solution` and `/// end`, or tag cells `solution` or `exercise`',
  })
}
