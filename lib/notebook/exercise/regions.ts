import { NotebookError } from '../../errors/index.ts'

/** A stretch of a code cell that learners are to write themselves. */
export interface Region {
  readonly kind: 'solution'
  readonly indent: string
  /** What stands in its place in the exercise, such as `const share: number = todo('…')`; empty for a plain remark. */
  readonly stub: readonly string[]
  readonly lines: readonly string[]
}

export interface Shared {
  readonly kind: 'shared'
  readonly lines: readonly string[]
}

const BEGIN = /^(\s*)\/\/\/\s*solution\s*$/
const STUB = /^\s*\/\/\/\s*stub:\s?(.*)$/
const END = /^\s*\/\/\/\s*end\s*$/
const ANY = /^\s*\/\/\/\s*(solution|stub\b|end)/

/**
 * The parts of a cell's text. A region begins with the line `/// solution`, may say with `/// stub: …` lines what the exercise has in
 * its place, and ends with `/// end`.
 *
 * @throws NotebookError `exercise-region` for a region that is not closed, one within another, or a mark out of place
 */
export function regionsOf(source: string, where: string): readonly (Region | Shared)[] {
  const parts: (Region | Shared)[] = []
  let shared: string[] = []
  let open: { readonly indent: string; readonly stub: string[]; readonly lines: string[]; readonly at: number } | undefined
  source.split('\n').forEach((line, i) => {
    const begin = BEGIN.exec(line)
    const stub = STUB.exec(line)
    if (begin !== null) {
      if (open !== undefined) throw misplaced(where, i, 'a solution begins within another', 'end the first with `/// end`')
      if (shared.length > 0) parts.push({ kind: 'shared', lines: shared })
      shared = []
      open = { indent: begin[1] ?? '', stub: [], lines: [], at: i }
    } else if (stub !== null && open !== undefined) {
      if (open.lines.length > 0)
        throw misplaced(where, i, 'a stub stands below lines of the solution', 'put it right below `/// solution`')
      open.stub.push(stub[1] ?? '')
    } else if (END.test(line) && open !== undefined) {
      if (open.lines.length === 0)
        throw misplaced(where, i, 'a solution is empty', 'write it between `/// solution` and `/// end`')
      parts.push({ kind: 'solution', indent: open.indent, stub: open.stub, lines: open.lines })
      open = undefined
    } else if (ANY.test(line))
      throw misplaced(
        where,
        i,
        `"${line.trim()}" stands out of place`,
        'a region is `/// solution`, `/// stub: …` where wanted, its lines, `/// end`',
      )
    else (open?.lines ?? shared).push(line)
  })
  if (open !== undefined) throw misplaced(where, open.at, 'a solution is not ended', 'end it with a line `/// end`')
  if (shared.length > 0) parts.push({ kind: 'shared', lines: shared })
  return parts
}

/** The text without the lines that mark regions and their stubs. */
export const withoutMarks = (source: string): string =>
  source
    .split('\n')
    .filter(line => ![BEGIN, STUB, END].some(mark => mark.test(line)))
    .join('\n')

function misplaced(where: string, line: number, what: string, remedy: string): NotebookError {
  return new NotebookError({ code: 'exercise-region', what, where: `${where}, line ${line + 1}`, remedy })
}
