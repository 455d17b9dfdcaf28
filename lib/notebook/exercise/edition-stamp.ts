import { createHash } from 'node:crypto'
import type { Notebook } from '../document/notebook.ts'

/** What is made of a notebook with exercises. */
export type Edition = 'exercise' | 'solution'

/** With a note of what it is and a digest of its cells, in place of whatever its source noted of a run. */
export function stamped(notebook: Notebook, edition: Edition): Notebook {
  return { ...notebook, metadata: { ...notebook.metadata, clvlab: { edition, cells: digestOf(notebook) } } }
}

/** Whether it is that edition as it was made: nobody has worked in it, so that another may take its place. */
export function isUntouched(notebook: Notebook, edition: Edition): boolean {
  const stamp = (notebook.metadata['clvlab'] ?? {}) as { readonly edition?: unknown; readonly cells?: unknown }
  return stamp.edition === edition && stamp.cells === digestOf(notebook)
}

/** Of what is written in the cells and what came of them; what front ends keep beside it does not count. */
function digestOf({ cells }: Notebook): string {
  const kept = cells.map(cell => [cell.cell_type, cell.source, ...(cell.cell_type === 'code' ? [cell.outputs] : [])])
  return createHash('sha256').update(JSON.stringify(kept)).digest('hex').slice(0, 16)
}
