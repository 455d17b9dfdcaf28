import type { Diagnostic } from '../compiler/typescript-api.ts'

/** Unterminated template literal, unterminated comment: the text can always go on. */
const OPEN = new Set([1160, 1010])

/** The answer to `is_complete_request`: may the text run, does it want more lines, or can nothing mend it? */
export function isComplete(text: string, problems: readonly Diagnostic[]): Record<string, unknown> {
  if (problems.length === 0) return { status: 'complete' }
  const end = text.trimEnd().length
  if (problems.some(({ code, pos }) => OPEN.has(code) || pos >= end)) return { status: 'incomplete', indent: indentOf(text) }
  return { status: 'invalid' }
}

function indentOf(text: string): string {
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  const indent = /^\s*/.exec(last)?.[0] ?? ''
  return /[{([]$/.test(last) ? `${indent}  ` : indent
}
