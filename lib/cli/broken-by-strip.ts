import { cellProblems } from '../kernel/index.ts'
import type { Notebook } from '../notebook/index.ts'

/** A cell, counted from 1 among all cells of the notebook, and the first thing the compiler says of it. */
export interface BrokenCell {
  readonly cell: number
  readonly problem: string
}

/**
 * Cells of an exercise that do not compile although the solution's do: a learner would meet the compiler's words instead of a hint. `folder` is
 * where the notebook stands.
 */
export async function brokenByStrip(exercise: Notebook, solution: Notebook, folder: string): Promise<readonly BrokenCell[]> {
  const broken = await problemsById(exercise, folder)
  if (broken.size === 0) return []
  const before = await problemsById(solution, folder)
  return exercise.cells.flatMap(({ id }, i) => {
    const problem = broken.get(id)
    return problem === undefined || before.has(id) ? [] : [{ cell: i + 1, problem }]
  })
}

async function problemsById({ cells }: Notebook, folder: string): Promise<ReadonlyMap<string, string>> {
  const sources = cells.map(cell => (cell.cell_type === 'code' ? cell.source : ''))
  const found = await cellProblems(sources, folder)
  return new Map([...found].map(([i, [first = '']]) => [cells[i]?.id ?? '', first]))
}
