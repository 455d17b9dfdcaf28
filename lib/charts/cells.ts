import { exp, log } from '../numeric/index.ts'
import { PLAIN } from './marks.ts'
import { SCALE } from './theme.ts'
import { significant } from './words.ts'

/**
 * The layers of a heat map: rectangles coloured from little to much, and a number in each that is legible on its colour. The colour
 * scale is linear, or, for money, logarithmic where all values are positive and span a decade or more.
 */
export function cells({
  values,
  field,
  title,
  text,
  money = false,
  legend = true,
}: {
  readonly values: readonly number[]
  readonly field: string
  readonly title: string
  readonly money?: boolean
  /** What colours mean, beside them: needless where the cells or lines over them say their numbers. */
  readonly legend?: boolean
  /** A field of words, line by line. */
  readonly text?: string
}): readonly Readonly<Record<string, unknown>>[] {
  const [least, most] = values.reduce(([low, high], each) => [Math.min(low, each), Math.max(high, each)], [Infinity, -Infinity])
  const wide = money && least > 0 && most / least >= 10
  const turn = wide ? least * exp(log(most / least) * SCALE.turn) : least + (most - least) * SCALE.turn
  const domain = most > least ? [least, most] : [least, least + 1]
  const scale = {
    type: wide ? 'log' : 'linear',
    domain,
    nice: false,
    ...(wide ? {} : { zero: false }),
    range: SCALE.range,
    interpolate: SCALE.interpolate,
  }
  return [
    {
      mark: { type: 'rect', tooltip: true },
      encoding: {
        color: {
          field,
          type: 'quantitative',
          scale,
          legend: legend ? { title, format: PLAIN, tickCount: 4, gradientThickness: 10 } : null,
        },
      },
    },
    ...(text === undefined
      ? []
      : [
          {
            mark: { type: 'text', fontSize: 11, lineBreak: '\n', lineHeight: 13, baseline: 'middle' },
            encoding: {
              text: { field: text, type: 'nominal' },
              color: {
                condition: { test: `datum['${field}'] > ${significant(turn)}`, value: SCALE.onDark },
                value: SCALE.onLight,
              },
            },
          },
        ]),
  ]
}
