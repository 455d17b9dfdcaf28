import { NotebookError } from '../../errors/index.ts'
import { tagsOf, type Notebook, type NotebookCell } from '../document/notebook.ts'
import { stamped, type Edition } from './edition-stamp.ts'
import { regionsOf, withoutMarks, type Region } from './regions.ts'

/** A cell with this tag stands in the solution alone: an explanation, a longer way. */
export const SOLUTION_TAG = 'solution'
/** A cell with this tag stands in the exercise alone: what to do, where to look. */
export const EXERCISE_TAG = 'exercise'

/**
 * The notebook as learners get it: regions of solutions replaced by their stubs, cells tagged `solution` left out, no outputs. It carries a
 * stamp, by which `isUntouched` knows it again.
 *
 * @throws NotebookError `exercise-region`; `no-exercise` where there is nothing to take away
 */
export function exerciseOf(notebook: Notebook, where: string): Notebook {
  return edition(notebook, where, 'exercise', region =>
    region.stub.length === 0 ? standIn(region) : region.stub.map(line => `${region.indent}${line}`),
  )
}

/** Where no stub is given: a remark, or an error that says whose turn it is where the solution returns something. */
function standIn({ indent, lines }: Region): readonly string[] {
  const turn = `your turn: ${lines.length === 1 ? 'one line' : `${lines.length} lines`} in our solution`
  const depth = Math.min(...lines.filter(line => line.trim() !== '').map(line => line.search(/\S/)))
  const returns = lines.some(line => line.search(/\S/) === depth && /^\s*return\b/.test(line))
  return returns ? [`${indent}throw new Error('${turn}')`] : [`${indent}// Y${turn.slice(1)}.`]
}

/**
 * The notebook as it is handed out afterwards: the marks gone, cells tagged `exercise` left out, no outputs.
 *
 * @throws NotebookError `exercise-region`; `no-exercise`
 */
export function solutionOf(notebook: Notebook, where: string): Notebook {
  return edition(notebook, where, 'solution', ({ lines }) => lines)
}

/** The notebook as it ran, for those who read and do not solve: the marks gone, cells tagged `exercise` left out, outputs kept. */
export function withoutExercises(notebook: Notebook): Notebook {
  const cells = notebook.cells
    .filter(cell => !tagsOf(cell).includes(EXERCISE_TAG))
    .map(cell => (cell.cell_type === 'code' ? { ...cell, source: withoutMarks(cell.source) } : cell))
  return { ...notebook, cells }
}

function edition(notebook: Notebook, where: string, name: Edition, shown: (region: Region) => readonly string[]): Notebook {
  const without = name === 'exercise' ? SOLUTION_TAG : EXERCISE_TAG
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
  if (exercises > 0) return stamped({ ...notebook, cells }, name)
  throw new NotebookError({
    code: 'no-exercise',
    what: 'the notebook has no exercise',
    where,
    remedy: 'mark what learners are to write with `/// solution` and `/// end`, or tag cells `solution` or `exercise`',
  })
}
