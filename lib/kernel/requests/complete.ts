import type { CellCompiler } from '../compiler/cell-compiler.ts'
import { completePath } from './complete-path.ts'
import { toPoints, toUnits } from './cursor.ts'

const WORDS = /[\p{ID_Start}$_][\p{ID_Continue}$]+/gu
const KEYWORDS =
  'async await break case catch class const continue default delete do else export extends false finally for function if import in instanceof interface let new null of return satisfies static super switch this throw true try type typeof undefined void while yield'.split(
    ' ',
  )
const WORD_BEFORE = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** The answer to `complete_request`: names that may stand at the cursor, those of the cell's own making first. */
export function complete(compiler: CellCompiler, text: string, cursor: number, folder: string): Record<string, unknown> {
  const place = toUnits(text, cursor)
  const specifier = completePath(text.slice(0, place), folder)
  if (specifier !== undefined) {
    return {
      status: 'ok',
      matches: specifier.matches,
      cursor_start: toPoints(text, place - specifier.typed),
      cursor_end: cursor,
      metadata: {},
    }
  }
  const word = WORD_BEFORE.exec(text.slice(0, place))?.[0] ?? ''
  const matches = candidates(compiler, text, place)
    .filter(name => name !== word && name.toLowerCase().startsWith(word.toLowerCase()))
    .sort((a, b) => Number(b.startsWith(word)) - Number(a.startsWith(word)))
  return {
    status: 'ok',
    matches: [...new Set(matches)],
    cursor_start: toPoints(text, place - word.length),
    cursor_end: cursor,
    metadata: {},
  }
}

function candidates(compiler: CellCompiler, text: string, place: number): string[] {
  const start = compiler.stage(text)
  try {
    const info = compiler.project.program().checker.getCompletionsAtPosition(compiler.file, start + place)
    const entries = (info?.entries ?? []).map(({ name, sortText = '' }) => ({ name, sortText }))
    return entries.sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0)).map(({ name }) => name)
  } catch {
    // Where any name may stand, this version's compiler wants to suggest imports too, and fails.
    return [...compiler.names(), ...(text.match(WORDS) ?? []), ...Object.getOwnPropertyNames(globalThis), ...KEYWORDS]
  }
}
