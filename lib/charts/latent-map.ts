import type { Interval } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { label } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { percent, significant } from './words.ts'

const GROUPS = ['does not', 'buys again'] as const
const COLOUR = {
  field: 'returns',
  type: 'nominal',
  scale: { domain: GROUPS, range: [COLOURS.quiet, COLOURS.second] },
  legend: null,
}
/** Of the height that is taken by dots, so much is left free above and below, for names. */
const STRIP = 0.12

/** Customers by where they lie on two axes of a latent space, coloured by whether they return. Give a sample: some hundreds of points. Errors: `ReportError`. */
export function latentMap({
  x,
  y,
  returned,
  apart,
  interval,
}: {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly returned: readonly boolean[]
  /** Area under the curve of "buys again" by the better of the two axes alone: .5 says nothing. */
  readonly apart: number
  readonly interval?: Interval | undefined
}): Chart {
  requireNumbers('latentMap', x, y)
  const values = Array.from(x, (each, i) => ({
    x: significant(each),
    y: significant(y[i] as number),
    returns: returned[i] === true ? 'buys again' : 'does not',
  }))
  const area = `AUC ${apart.toFixed(2)}${interval === undefined ? '' : ` (95% interval ${interval.low.toFixed(2)}–${interval.high.toFixed(2)})`}`
  const share = returned.filter(Boolean).length / returned.length
  const axis = (field: string, title: string, scale: Readonly<Record<string, unknown>>) => ({
    field,
    type: 'quantitative',
    scale,
    axis: { title, tickCount: 6, grid: false },
  })
  const [low, high] = values.reduce(
    ([least, most], each) => [Math.min(least, each.y), Math.max(most, each.y)],
    [Infinity, -Infinity],
  )
  const strip = (high - low || 1) * STRIP
  const centres = GROUPS.flatMap(name => centreOf(name, values)).toSorted((a, b) => a.y - b.y)
  const names = centres.map((centre, i) => ({ ...centre, edge: significant(i === 0 ? low - strip / 2 : high + strip / 2) }))
  return new Chart({
    title:
      apart >= 0.65
        ? `The latent space, learnt without any outcome, sets those who buy again apart: ${area} along one axis`
        : `The latent space holds who customers are, but these two axes hardly tell who buys again: ${area}`,
    caption: `Customers at their mean on the two axes that spread them most; ${percent(share)} of those drawn buy again in the training window. Crosses: where the middle of each kind lies, as wide and as high as its 95% interval.`,
    alt: `Scatter of ${values.length} customers on two latent axes, in two colours`,
    height: 320,
    spec: {
      layer: [
        {
          data: { values },
          mark: { type: 'circle', size: 14, opacity: 1, tooltip: true },
          encoding: {
            x: axis('x', 'first axis', { zero: false, padding: 8 }),
            y: axis('y', 'second axis', { domain: [significant(low - strip), significant(high + strip)], nice: false }),
            color: COLOUR,
          },
        },
        {
          data: { values: names },
          mark: { type: 'rule', strokeWidth: 1 },
          encoding: { x: at('x'), y: at('y'), y2: { field: 'edge' } },
        },
        { data: { values: centres }, mark: CROSS, encoding: { x: at('left'), x2: { field: 'right' }, y: at('y') } },
        { data: { values: centres }, mark: CROSS, encoding: { x: at('x'), y: at('below'), y2: { field: 'above' } } },
        {
          data: { values: names },
          mark: label({ align: 'left', dx: 5, baseline: 'middle' }),
          encoding: { x: at('x'), y: at('edge'), text: { field: 'returns' } },
        },
        {
          data: { values: names },
          mark: { type: 'point', filled: true, size: 40, opacity: 1 },
          encoding: { x: at('x'), y: at('edge'), color: COLOUR },
        },
      ],
    },
  })
}

const CROSS = { type: 'rule', strokeWidth: 3 }
const at = (field: string): Readonly<Record<string, unknown>> => ({ field, type: 'quantitative' })

interface Dot {
  readonly x: number
  readonly y: number
  readonly returns: string
}

/** The mean of one kind on both axes, and how far either reaches: two standard errors, or nowhere for one customer alone. Nothing where there is nobody. */
function centreOf(name: string, dots: readonly Dot[]) {
  const own = dots.filter(({ returns }) => returns === name)
  const along = (axis: 'x' | 'y'): readonly [mean: number, half: number] => {
    const mean = own.reduce((sum, each) => sum + each[axis], 0) / own.length
    const squares = own.reduce((sum, each) => sum + (each[axis] - mean) * (each[axis] - mean), 0)
    return [mean, own.length < 2 ? 0 : 1.96 * Math.sqrt(squares / (own.length - 1) / own.length)]
  }
  if (own.length === 0) return []
  const [[x, across], [y, up]] = [along('x'), along('y')]
  const [left, right, below, above] = [x - across, x + across, y - up, y + up].map(significant)
  return [{ returns: name, x: significant(x), y: significant(y), left, right, below, above }]
}
