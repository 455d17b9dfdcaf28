import type { CellCompiler } from '../compiler/cell-compiler.ts'
import { SymbolFlags } from '../compiler/typescript-api.ts'
import { toUnits } from './cursor.ts'

const WORD_AROUND = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** The answer to `inspect_request`: the type and the documentation of the name at the cursor. */
export function inspectAt(compiler: CellCompiler, text: string, cursor: number): Record<string, unknown> {
  const place = toUnits(text, cursor)
  const before = WORD_AROUND.exec(text.slice(0, place))?.[0] ?? ''
  const start = compiler.stage(text)
  const { checker } = compiler.project.program()
  const at = start + place - (before === '' ? 0 : 1)
  const found = checker.getSymbolAtPosition(compiler.file, at)
  const symbol = found !== undefined && (found.flags & SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(found) : found
  if (symbol === undefined) return { status: 'ok', found: false, data: {}, metadata: {} }
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

/** Parameters, errors and the like, one to a line. */
function tagLines(tags: readonly { readonly name: string; readonly text?: string | undefined }[]): string[] {
  return tags.map(({ name, text = '' }) => `@${name} ${text}`.trim())
}
