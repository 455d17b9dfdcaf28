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

/** TypeScript as HTML, its tokens in spans of their class. */
export function highlight(code: string): string {
  let html = ''
  let last = 0
  for (const match of code.matchAll(TOKEN)) {
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) as [string, string]
    html += `${escapeHtml(code.slice(last, match.index))}<span class="${kind}">${escapeHtml(text)}</span>`
    last = match.index + text.length
  }
  return html + escapeHtml(code.slice(last))
}
