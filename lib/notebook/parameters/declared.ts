import { tagsOf } from '../document/notebook.ts'
import type { Notebook } from '../document/notebook.ts'
import type { Parameter } from './literal.ts'

export const PARAMETERS_TAG = 'parameters'
export const INJECTED_TAG = 'injected-parameters'

const DECLARATION =
  /^(?:export\s+)?(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::\s*([^=\n]+?))?\s*=\s*(.+?);?\s*(?:\/\/.*)?$/gmu

/** The parameters of a notebook: what its cell tagged `parameters` declares, one to a line. */
export function declaredParameters(notebook: Notebook): Parameter[] {
  const cell = notebook.cells.find(cell => cell.cell_type === 'code' && tagsOf(cell).includes(PARAMETERS_TAG))
  if (cell === undefined) return []
  return [...cell.source.matchAll(DECLARATION)].map(match => {
    const [, name = '', type, initial = ''] = match
    return { name, type: type ?? typeOfLiteral(initial), initial }
  })
}

function typeOfLiteral(text: string): string {
  if (/^(['"`]).*\1$/.test(text)) return 'string'
  if (/^(true|false)$/.test(text)) return 'boolean'
  if (text.startsWith('[')) return `${typeOfLiteral(text.slice(1).split(',')[0]?.replace(']', '').trim() ?? '')}[]`
  return Number.isNaN(Number(text.replaceAll('_', ''))) ? 'string' : 'number'
}
