import type MarkdownIt from 'markdown-it'
import type { BlockState, InlineState } from 'markdown-it'
import { renderMath, type OnFault } from './render-math.ts'

/**
 * Teaches Markdown `$…$` and `$$…$$`, by the rules of pandoc and Jupyter: no space after an opening dollar or before a closing one, and no digit after that, so that
 * sums of money stay what they are; `\$` is a dollar; code is code.
 */
export function withMath(parser: MarkdownIt, onFault?: OnFault): void {
  parser.inline.ruler.after('backticks', 'math', inline)
  parser.block.ruler.before('fence', 'math_block', block, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })
  const { rules } = parser.renderer
  rules['math'] = (tokens, at) => renderMath(tokens[at]?.content ?? '', 'inline', onFault)
  rules['math_shown'] = (tokens, at) => renderMath(tokens[at]?.content ?? '', 'shown', onFault)
  rules['math_block'] = (tokens, at) => `${renderMath(tokens[at]?.content ?? '', 'block', onFault)}\n`
}

function inline(state: InlineState, silent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src[pos] !== '$') return false
  const found = mathAt(src.slice(0, posMax), pos)
  if (found === undefined) return false
  if (!silent) {
    const token = state.push(found.display ? 'math_shown' : 'math', '', 0)
    token.content = found.tex
  }
  state.pos = found.end
  return true
}

/** The formula that begins at a dollar, and where it ends; undefined where the dollar is a dollar. */
export function mathAt(
  text: string,
  at: number,
): { readonly tex: string; readonly display: boolean; readonly end: number } | undefined {
  const mark = text.startsWith('$$', at) ? '$$' : '$'
  const from = at + mark.length
  const display = mark === '$$'
  if (!display && !/\S/.test(text[from] ?? ' ')) return undefined
  for (let end = from; end < text.length; end++) {
    if (text[end] === '`') return undefined
    if (text[end] === '\\') end++
    else if (text.startsWith(mark, end)) {
      const tex = text.slice(from, end)
      const after = end + mark.length
      if (display) return tex.trim() === '' ? undefined : { tex, display, end: after }
      if (text[after] === '$') return undefined
      if (/\S/.test(text[end - 1] ?? ' ') && !/\d/.test(text[after] ?? '')) return { tex, display, end: after }
    }
  }
  return undefined
}

/** Lines from one that begins with two dollars to one that ends with them, none of them empty. */
function block(state: BlockState, start: number, end: number, silent: boolean): boolean {
  const line = (at: number): string => state.src.slice((state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0), state.eMarks[at]).trim()
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4 || !line(start).startsWith('$$')) return false
  const lines: string[] = []
  for (let at = start; at < end; at++) {
    const text = at === start ? line(at).slice(2) : line(at)
    if ((text === '' && at > start) || (state.sCount[at] ?? 0) < state.blkIndent) return false
    const closes = text.indexOf('$$')
    if (closes >= 0 && closes < text.length - 2) return false
    lines.push(closes < 0 ? text : text.slice(0, closes))
    if (closes < 0) continue
    const tex = lines.join('\n').trim()
    if (tex === '') return false
    if (silent) return true
    const token = state.push('math_block', '', 0)
    token.content = tex
    state.line = at + 1
    return true
  }
  return false
}
