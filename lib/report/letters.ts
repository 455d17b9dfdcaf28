import { unescapeHtml } from './escape.ts'

/** What a face of the typeface has to write. */
export interface Letters {
  readonly regular: string
  readonly semibold: string
}

/** What a script may write at any time: numbers, dates and names of live charts. */
export const ASCII = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).join('')
/** Numbers of lists and of printed pages, and the words of a button. */
const ALWAYS = '0123456789 .,of Show Hide code'
/** Not written in the typeface: code, scripts, and what a drawing says to those who do not see it. */
const OTHERWISE = /<(pre|script|desc)\b[\s\S]*?<\/\1>|<title id[\s\S]*?<\/title>/g
/** Elements that a report sets in semibold, or turns to it once a link leads there. */
const BOLD = /<(h[1-6]|b|strong|th|caption|dt|summary)\b[\s\S]*?<\/\1>/g
const BOLD_DRAWING = /<svg\b(?:(?!<\/svg>)[\s\S])*? font-weight="(?!400|normal)[\s\S]*?<\/svg>/g

/** The letters that a report's markup shows: all of them, and those that stand in semibold. */
export function lettersOf(body: string): Letters {
  const shown = body.replaceAll(OTHERWISE, '')
  const bold = [BOLD, BOLD_DRAWING].flatMap(pattern => shown.match(pattern) ?? [])
  return { regular: ALWAYS + wordsOf(shown), semibold: ALWAYS + wordsOf(bold.join('')) }
}

const wordsOf = (html: string): string => unescapeHtml(html.replaceAll(/<[^>]*>/g, ''))
