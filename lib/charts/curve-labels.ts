import { label } from './marks.ts'
import { LINE, placeLabels, type Guides, type Named, type Place } from './place-labels.ts'
import { significant } from './words.ts'

/** Of the plot, in pixels: on a desktop, on a small one, and on the narrowest page. */
const WIDTHS = [580, 430, 310]

/**
 * Layers of names beside curves of shares, each with a leader from its curve; undefined where they do not fit.
 *
 * @param curves a label's lines, and the points of its curve
 * @param color the encoding that colours curves, by the field `model`
 */
export function curveLabels(
  curves: readonly (Named & { readonly model: string })[],
  { firm, edges = [] }: Guides,
  height: number,
  color: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const lines = curves.map(each => ({ ...each, points: thinned(each.points) }))
  const placed = placeLabels(lines, { firm: firm.map(thinned), edges }, height, WIDTHS)
  if (placed === undefined) return undefined
  const dotted = curves.some(({ at }) => at !== undefined)
  const rows = placed.map(({ on, at, side }, i) => {
    const { model, label: lines } = curves[i] as (typeof curves)[number]
    const [x, y, atX, atY] = [on.x, on.y, at.x, at.y].map(significant)
    // vega puts the middle of the first line where the middle of all is meant
    const wordsY = significant(at.y + ((lines.length - 1) * LINE) / 2 / height)
    return { model, x, y, atX, atY, wordsY, side, words: lines.join('\n') }
  })
  const [x, y] = ['x', 'y'].map(field => ({ field, type: 'quantitative' }))
  const quiet = { ...color, legend: null }
  return [
    {
      data: { values: rows },
      mark: { type: 'rule', strokeWidth: 1 },
      encoding: { x, y, x2: { field: 'atX' }, y2: { field: 'atY' }, color: quiet },
    },
    // a dot says that what stands beside the name is true there
    ...(dotted
      ? [
          {
            data: { values: rows },
            mark: { type: 'point', filled: true, size: 28, opacity: 1 },
            encoding: { x, y, color: quiet },
          },
        ]
      : []),
    ...(['left', 'right'] as const).flatMap(side => {
      const values = rows.filter(each => each.side === side)
      if (values.length === 0) return []
      const [align, dx] = side === 'left' ? ['right', -4] : ['left', 4]
      return [
        {
          data: { values },
          mark: label({ align, dx, baseline: 'middle', lineBreak: '\n', lineHeight: LINE }),
          encoding: {
            x: { field: 'atX', type: 'quantitative' },
            y: { field: 'wordsY', type: 'quantitative' },
            text: { field: 'words', type: 'nominal' },
          },
        },
      ]
    }),
  ]
}

/** Characters of a line from which it is broken in two or more. */
const LONG = 21

/**
 * What is said of a curve, such as `A model, of a kind: 61%`, in short lines that are read as one: broken at the colon and at commas, and long ones between words, so that
 * they are about as long as one another.
 */
export function labelLines(words: string): readonly string[] {
  return words.split(/: (?=[^:]*$)|, (?=[^:]*:)/).flatMap(line => {
    if (line.length <= LONG || !line.includes(' ')) return [line]
    const middle = line.length / 2
    const breaks = [...line.matchAll(/ /g)].map(({ index }) => index)
    const at = breaks.reduce((best, each) => (Math.abs(each - middle) < Math.abs(best - middle) ? each : best))
    return [line.slice(0, at), line.slice(at + 1)]
  })
}

/** The ends and enough places between, corners of steps among them: what words need to keep clear of. */
function thinned(points: readonly Place[]): readonly Place[] {
  const step = Math.max(1, Math.ceil(points.length / 110))
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}
