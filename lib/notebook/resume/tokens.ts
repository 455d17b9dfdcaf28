/** A piece of TypeScript: a name, a text without its quotes, or a sign. What stands in comments is no token. */
export interface Token {
  readonly kind: 'name' | 'text' | 'sign'
  readonly text: string
}

const NAME = /[\p{ID_Start}$_#][\p{ID_Continue}$]*/uy
const NUMBER = /(?:\d[\w.]*|\.\d\w*)/y
const SIGN = /=>|\.\.\.|\?\.(?!\d)|\+\+|--|[=!]==?|[<>]=|\*\*=|<<=|>>>?=|&&=|\|\|=|\?\?=|[-+*/%&|^]=|[\s\S]/y
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y
const REGEX = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y
/** Behind these a slash begins a regular expression. */
const BEFORE_VALUE = /^(?:[([{,;:?=!&|+\-*%<>~^]|=>|[=!]==?|&&=?|\|\|=?|return|typeof|case|of|in|await|yield|void|delete)$/

/** Splits TypeScript into tokens, near enough to tell names from texts and comments; never fails. */
export function tokens(source: string): Token[] {
  const found: Token[] = []
  scan(source, 0, false, found)
  return found
}

/** The text without its comments, and without the lines that hold nothing else. */
export function codeOf(source: string): string {
  const comments: Range[] = []
  scan(source, 0, false, [], comments)
  let code = ''
  let at = 0
  for (const { start, end } of comments) {
    code += source.slice(at, start)
    const line = code.lastIndexOf('\n')
    const isAlone = code.slice(line + 1).trim() === '' && /^[ \t]*(?:\n|$)/.test(source.slice(end))
    code = isAlone ? code.slice(0, Math.max(line, 0)) : code.replace(/[ \t]+$/, '')
    at = end
  }
  return (code + source.slice(at)).trim()
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Reads on from a place; inside a template's `${`, up to the brace that closes it. Gives the place behind. */
function scan(source: string, start: number, isNested: boolean, found: Token[], comments: Range[] = []): number {
  let at = start
  let depth = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  while (at < source.length) {
    const character = source[at] as string
    if (/\s/.test(character)) {
      at++
      continue
    }
    const comment = take(COMMENT)
    if (comment !== undefined) {
      comments.push({ start: at, end: at + comment.length })
      at += comment.length
      continue
    }
    if (character === '"' || character === "'") {
      const end = endOfText(source, at + 1, character)
      found.push({ kind: 'text', text: source.slice(at + 1, end) })
      at = end + 1
      continue
    }
    if (character === '`') {
      at = template(source, at + 1, found, comments)
      continue
    }
    const last = found.at(-1)
    const regex = character === '/' && (last === undefined || (last.kind !== 'text' && BEFORE_VALUE.test(last.text)))
    const skipped = (regex ? take(REGEX) : undefined) ?? take(NUMBER)
    if (skipped !== undefined) {
      found.push({ kind: 'sign', text: '0' })
      at += skipped.length
      continue
    }
    const name = take(NAME)
    const text = name ?? (take(SIGN) as string)
    if (isNested && text === '}' && depth === 0) return at + 1
    if (text === '{') depth++
    if (text === '}') depth--
    found.push({ kind: name === undefined ? 'sign' : 'name', text })
    at += text.length
  }
  return at
}

function endOfText(source: string, start: number, quote: string): number {
  let at = start
  while (at < source.length && source[at] !== quote && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1
  return at
}

/** A template is a text where nothing is put in; else its pieces are tokens of their own. */
function template(source: string, start: number, found: Token[], comments: Range[]): number {
  let at = start
  let isWhole = true
  while (at < source.length && source[at] !== '`') {
    if (source[at] === '$' && source[at + 1] === '{') {
      isWhole = false
      at = scan(source, at + 2, true, found, comments)
    } else at += source[at] === '\\' ? 2 : 1
  }
  if (isWhole) found.push({ kind: 'text', text: source.slice(start, at) })
  return at + 1
}
