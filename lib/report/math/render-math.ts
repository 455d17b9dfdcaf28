import { createRequire } from 'node:module'
import type Temml from 'temml'
import { escapeHtml } from '../escape.ts'

/** Told of a formula that is no TeX, and why. */
export type OnFault = (tex: string, why: string) => void

/** In a line of text; on a line of its own within a paragraph; as a paragraph. */
export type Place = 'inline' | 'shown' | 'block'

/** What presentation MathML is made of: nothing that leads elsewhere or brings something along. */
const ELEMENTS = new Set(
  'math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'accent accentunder columnspan depth display displaystyle fence form height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator stretchy symmetric voffset width'.split(
    ' ',
  ),
)
/** Of styles, room and rules; colours stay the page's, so that they can be read in light and dark. */
const STYLE = /^(?:(?:padding|margin|border)(?:-(?:left|right|top|bottom))?|width|height|vertical-align|math-depth|math-style)$/
const VALUE = /^[\w.%\s-]+$/
const LENGTH = /(-?[\d.]+)(em|ex|mu|pt|px)/g
const CLASS = /^tml-(?:left|right|overline|underline|jot)$/
const TAG = /<(\/?)([a-z]+)((?:\s[a-zA-Z-]+="[^"]*")*)\s*\/?>/g
const ATTRIBUTE = /\s([a-zA-Z-]+)="([^"]*)"/g
/** No formula is longer, and no length in one is more than so many times the height of its letters. */
const [LONGEST, WIDEST] = [10_000, 20]

let loaded: typeof Temml | undefined

/**
 * A formula in TeX as MathML, which browsers draw, print and read aloud without a script. Commands that lead elsewhere are not known. A formula that cannot be
 * read stays as it is written, and is marked.
 */
export function renderMath(tex: string, place: Place, onFault?: OnFault): string {
  loaded ??= createRequire(import.meta.url)('temml') as typeof Temml // with the first formula
  try {
    if (tex.length > LONGEST) throw new Error(`it is longer than ${LONGEST} characters`)
    const mathml = loaded.renderToString(tex, {
      displayMode: place !== 'inline',
      throwOnError: true,
      trust: false,
      wrap: 'tex',
      maxSize: [WIDEST, WIDEST],
    })
    const whole = allowed(mathml).replace('<math', `<math alttext="${escapeHtml(tex.trim())}"`)
    return place === 'inline' ? `<span class="math">${whole}</span>` : scrolled(whole, place === 'block' ? 'div' : 'span')
  } catch (error) {
    const said = error instanceof RangeError ? 'it is nested too deep' : error instanceof Error ? error.message : String(error)
    const why = said.replace(/^\s*(?:ParseError:)?\s*/, '').replace(/\s*(?:at (?:position|end)[\s\S]*|\n[\s\S]*)$/, '')
    onFault?.(tex, why)
    const shown = `<code class="fault" title="${escapeHtml(`not read as TeX: ${why}`)}">${escapeHtml(tex)}</code>`
    return place === 'block' ? `<p>${shown}</p>` : shown
  }
}

/** A formula may be wider than a phone. */
const scrolled = (mathml: string, by: string): string => `<${by} class="math scroll" tabindex="0">${mathml}</${by}>`

/** The same without elements and attributes that are not of the list; what stands in them is kept as text. */
function allowed(mathml: string): string {
  return mathml.replace(TAG, (_, close: string, name: string, given: string) =>
    !ELEMENTS.has(name) ? '' : close === '/' ? `</${name}>` : `<${name}${attributes(given)}>`,
  )
}

/** Room that would lay a formula over what stands around it. */
const isFar = (size: number, unit: string): boolean => {
  const heights = unit === 'em' || unit === 'ex' ? size : size / 10
  return heights < -2 || heights > WIDEST
}

function attributes(given: string): string {
  return [...given.matchAll(ATTRIBUTE)]
    .map(([, name, value]) => [name as string, kept(name as string, value as string)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
}

function kept(name: string, value: string): string {
  if ([...value.matchAll(LENGTH)].some(([, size, unit]) => isFar(Number(size), unit as string))) return ''
  if (name === 'style') {
    return value
      .split(';')
      .map(each => each.split(':').map(part => part.trim()))
      .filter(([property = '', set = '', ...more]) => STYLE.test(property) && VALUE.test(set) && more.length === 0)
      .map(each => each.join(':'))
      .join(';')
  }
  if (name === 'class')
    return value
      .split(' ')
      .filter(each => CLASS.test(each))
      .join(' ')
  return ATTRIBUTES.has(name) ? value : ''
}
