import type { CellCompiler } from '../compiler/cell-compiler.ts'
import { SymbolFlags } from '../compiler/typescript-api.ts'
import { toUnits } from './cursor.ts'

const WORD_AROUND = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** The answer to `inspect_request`: the type and the documentation of the name at the cursor. */
export function inspectAt(compiler: CellCompiler, text: string, cursor: number): Record<string, unknown> {
  const place = nameAt(text, toUnits(text, cursor))
  const before = WORD_AROUND.exec(text.slice(0, place))?.[0] ?? ''
  const start = compiler.stage(text)
  const { checker } = compiler.project.program()
  const at = start + place - (before === '' ? 0 : 1)
  const found = checker.getSymbolAtPosition(compiler.file, at)
  const symbol = found !== undefined && (found.flags & SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(found) : found
  if (symbol === undefined || symbol.name.startsWith('"')) return { status: 'ok', found: false, data: {}, metadata: {} }
  const type = checker.getTypeAtPosition(compiler.file, at)
  const title = `${symbol.name}: ${type === undefined ? 'unknown' : checker.typeToString(type)}`
  const documentation = [checker.getDocumentationCommentOfSymbol(symbol), ...tagLines(checker.getJsDocTagsOfSymbol(symbol))]
    .filter(part => part !== '')
    .join('\n\n')
  const plain = documentation === '' ? title : `${title}\n\n${documentation}`
  return {
    status: 'ok',
    found: true,
    data: { 'text/plain': plain, 'text/markdown': `\`\`\`typescript\n${title}\n\`\`\`\n\n${documentation}` },
    metadata: {},
  }
}

/** The place of the name at the cursor; between the parentheses of a call, that of what is called. */
function nameAt(text: string, cursor: number): number {
  if (WORD_AROUND.test(text.slice(0, cursor)) || /^[\p{ID_Start}$_]/u.test(text.slice(cursor))) return cursor
  let depth = 0
  for (let i = cursor - 1; i >= 0; i--) {
    const character = text[i] as string
    if (/[)\]}]/.test(character)) depth++
    else if (/[([{]/.test(character) && --depth < 0) {
      if (character === '(') return i - (/\s*(?:<[^()]*>)?\s*$/.exec(text.slice(0, i))?.[0].length ?? 0)
      depth = 0
    }
  }
  return cursor
}

/** Parameters, errors and the like, one to a line. */
function tagLines(tags: readonly { readonly name: string; readonly text?: string | undefined }[]): string[] {
  return tags.map(({ name, text = '' }) => `@${name} ${text}`.trim())
}
