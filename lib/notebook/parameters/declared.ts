import { tagsOf } from '../document/notebook.ts'
import type { Notebook } from '../document/notebook.ts'
import type { Parameter } from './literal.ts'
import { split } from './type.ts'

export const PARAMETERS_TAG = 'parameters'
export const INJECTED_TAG = 'injected-parameters'

/** A parameter with how it is declared. */
export interface Declared extends Parameter {
  readonly keyword: 'const' | 'let' | 'var'
  /** Only where one is written. */
  readonly written: string | undefined
}

const STATEMENT = /^[ \t]*(?:export\s+)?(const|let|var)\s+(.+)$/gmu
const DECLARATOR = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::\s*(.+))?$/su

/** The parameters of a notebook: what its cell tagged `parameters` declares, each on a line, or several on one between commas. */
export function declaredParameters(notebook: Notebook): Declared[] {
  const cell = notebook.cells.find(cell => cell.cell_type === 'code' && tagsOf(cell).includes(PARAMETERS_TAG))
  if (cell === undefined) return []
  return [...cell.source.matchAll(STATEMENT)].flatMap(([, keyword, rest = '']) =>
    split(withoutComment(rest), ',').flatMap(declarator => {
      const at = beforeValue(declarator)
      const match = at < 0 ? null : DECLARATOR.exec(declarator.slice(0, at).trim())
      if (match === null) return []
      const [, name = '', written] = match
      const initial = declarator
        .slice(at + 1)
        .trim()
        .replace(/\s*;$/, '')
      return [{ name, type: written ?? typeOfLiteral(initial), initial, keyword: keyword as 'const', written }]
    }),
  )
}

/** The place of the `=` that a value follows; -1 where there is none. */
function beforeValue(declarator: string): number {
  const found = [...declarator.matchAll(/=(?![=>])/g)].find(
    ({ index }) => split(`${declarator.slice(0, index)}\0`, '\0').length === 2,
  )
  return found?.index ?? -1
}

/** Without what follows `//`, but for one in quotes. */
function withoutComment(line: string): string {
  let quote = ''
  for (let i = 0; i < line.length; i++) {
    const character = line[i] as string
    if (quote !== '') {
      if (character === '\\') i++
      else if (character === quote) quote = ''
    } else if (/['"`]/.test(character)) quote = character
    else if (line.startsWith('//', i)) return line.slice(0, i).trim()
  }
  return line.trim()
}

function typeOfLiteral(text: string): string {
  if (/^(['"`]).*\1$/.test(text)) return 'string'
  if (/^(true|false)$/.test(text)) return 'boolean'
  if (/^-?\d[\d_]*n$/.test(text)) return 'bigint'
  if (text.startsWith('[')) return `${typeOfLiteral(split(text.slice(1, -1), ',')[0] ?? '')}[]`
  return Number.isNaN(Number(text.replaceAll('_', ''))) ? 'string' : 'number'
}
