import { escapeHtml } from './escape.ts'

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)`,
    '(?<string>`(?:[^`\\\\]|\\\\[\\s\\S])*`|\'(?:[^\'\\\\\\n]|\\\\.)*\'|"(?:[^"\\\\\\n]|\\\\.)*")',
    String.raw`(?<number>\b\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?n?\b)`,
    String.raw`(?<keyword>\b(?:as|async|await|break|case|catch|class|const|continue|default|delete|do|else|export|extends|false|finally|for|from|function|if|implements|import|in|instanceof|interface|let|new|null|of|readonly|return|satisfies|static|switch|this|throw|true|try|type|typeof|undefined|using|var|void|while|yield)\b)`,
    String.raw`(?<name>\b[A-Z][A-Za-z0-9_]*\b)`,
  ].join('|'),
  'g',
)

/** Short elements that mean nothing to a reader who does not see them; the page's style colours them inside code. */
const ELEMENTS: Readonly<Record<string, string>> = { keyword: 'b', string: 'q', number: 'i', name: 'u', comment: 'em' }

/** TypeScript as HTML, its tokens in an element of their kind; neighbours of one kind share it. */
export function highlight(code: string): string {
  let html = ''
  let last = 0
  let open = ''
  for (const match of code.matchAll(TOKEN)) {
    const [kind, token] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) as [string, string]
    const [between, element] = [code.slice(last, match.index), ELEMENTS[kind] as string]
    // an element that goes on over white space looks as two would
    if (open !== element || !/^[ \n]*$/.test(between)) {
      html += `${open === '' ? '' : `</${open}>`}${escapeHtml(between)}<${element}>`
      open = element
    } else html += between
    html += escapeHtml(token)
    last = match.index + token.length
  }
  return `${html}${open === '' ? '' : `</${open}>`}${escapeHtml(code.slice(last))}`
}
