import { createHash } from 'node:crypto'
import { escapeHtml } from './escape.ts'
import type { Letters } from './letters.ts'
import { LOOKS_STYLE } from './looks.ts'
import { MATH_STYLE } from './math/math-style.ts'
import { STYLE } from './style.ts'
import { tight } from './tight.ts'
import { typeface } from './typeface.ts'
import { usedStyle } from './used-style.ts'

/** A whole page that asks the network for nothing and runs only the scripts that are named by their digest. */
export function page({
  title,
  body: whole,
  scripts,
  letters = { regular: title + whole, semibold: title + whole },
}: {
  readonly title: string
  readonly body: string
  readonly scripts: readonly string[]
  /** Where not any letter of the page may stand in either face. */
  readonly letters?: Letters
}): string {
  const body = tight(whole)
  const hashes = scripts.map(script => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  const policy = `default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src ${hashes.join(' ') || "'none'"}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${typeface(letters)}${usedStyle(STYLE + MATH_STYLE + LOOKS_STYLE, whole)}</style>
${scripts.map(script => `<script>${script}</script>`).join('\n')}
</head>
<body>
${body}
</body>
</html>
`
}
