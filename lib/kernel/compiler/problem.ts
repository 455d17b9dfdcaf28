import type { Diagnostic } from './typescript-api.ts'

/** An error or a warning of the compiler about a cell. */
export interface Problem {
  /** The compiler's number: 2345 stands for TS2345. */
  readonly code: number
  readonly message: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  /** Length of the underline, at least 1, within the line. */
  readonly length: number
}

const NAMES_OF_CELL_FILES = /typeof import\("[^"]*clvlab-cell[^"]*"\)|import\("[^"]*clvlab-cell[^"]*"\)\./g

/** Leads a diagnostic's place back into the cell's own text, `start` being where that begins in what was checked. */
export function toProblem(diagnostic: Diagnostic, cell: string, start: number): Problem {
  const from = Math.min(Math.max(diagnostic.pos - start, 0), cell.length)
  const before = cell.slice(0, from).split('\n')
  const rest = cell.slice(from).split('\n')[0] ?? ''
  return {
    code: diagnostic.code,
    message: fullText(diagnostic).replace(NAMES_OF_CELL_FILES, ''),
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    length: Math.max(1, Math.min(diagnostic.end - diagnostic.pos, rest.length)),
  }
}

/** A problem as a reader wants it: what, where, the line and the underline. */
export function renderProblem(problem: Problem, cell: string, name: string): string {
  const line = cell.split('\n')[problem.line - 1] ?? ''
  const number = String(problem.line)
  const margin = line.slice(0, problem.column - 1).replace(/[^\t]/g, ' ')
  return [
    `${name}:${problem.line}:${problem.column} - error TS${problem.code}: ${problem.message}`,
    '',
    `${number} | ${line}`,
    `${' '.repeat(number.length)} | ${margin}${'~'.repeat(problem.length)}`,
    ...wayOut(problem),
  ].join('\n')
}

const NO_MODULE = /^Cannot find module '([^']+)'/
const NO_TYPES = /^Could not find a declaration file for module '([^']+)'/

/** What to do about a module that is not there; the compiler says only that it is not. */
function wayOut({ message }: Problem): string[] {
  const missing = NO_MODULE.exec(message)?.[1]
  const untyped = NO_TYPES.exec(message)?.[1]
  if (untyped !== undefined)
    return ['', `way out: npm install --save-dev @types/${packageOf(untyped).replace(/^@(.*)\//, '$1__')}`]
  if (missing === undefined) return []
  if (/^[./]/.test(missing))
    return ['', "way out: check the path, which is seen from the notebook's folder, and its ending (.ts)"]
  return ['', `way out: npm install ${packageOf(missing)}, in the notebook's folder or one above it`]
}

const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

interface Chained {
  readonly text: string
  readonly messageChain?: readonly Chained[] | undefined
}

function fullText(diagnostic: Chained, depth = 0): string {
  const chain = (diagnostic.messageChain ?? []).map(next => fullText(next, depth + 1))
  return [`${'  '.repeat(depth)}${diagnostic.text}`, ...chain].join('\n')
}
