import { neededBefore, type CodeCell, type Notebook } from '../notebook/index.ts'
import { COMPARISON_MIME } from '../schema/index.ts'

/**
 * The cell that made the number of a finding: of those that the finding's cell lives on, the last that shows a comparison, or else the last that
 * shows anything. The finding's own cell where it lives on none.
 */
export function madeIn({ cells }: Notebook, finding: string): string {
  const code = cells.filter((cell): cell is CodeCell => cell.cell_type === 'code')
  const own = code.findIndex(({ id }) => id === finding)
  if (own < 0) return finding
  const needed = [...neededBefore(code.slice(0, own + 1), own)].sort((a, b) => b - a).map(at => code[at] as CodeCell)
  const shows = (cell: CodeCell, type?: string): boolean =>
    cell.outputs.some(output => 'data' in output && (type === undefined || type in output.data))
  return (needed.find(cell => shows(cell, COMPARISON_MIME)) ?? needed.find(cell => shows(cell)))?.id ?? finding
}
