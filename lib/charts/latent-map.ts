import type { Interval } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { percent, significant } from './words.ts'

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
  const axis = (field: string, title: string) => ({
    field,
    type: 'quantitative',
    scale: { zero: false, padding: 8 },
    axis: { title, tickCount: 6, grid: false },
  })
  return new Chart({
    title:
      apart >= 0.65
        ? `The latent space, learnt without any outcome, sets those who buy again apart: ${area} along one axis`
        : `The latent space holds who customers are, but these two axes hardly tell who buys again: ${area}`,
    caption: `Customers at their mean on the two axes that spread them most; ${percent(share)} of those drawn buy again in the training window.`,
    alt: `Scatter of ${values.length} customers on two latent axes, in two colours`,
    height: 320,
    spec: {
      data: { values },
      mark: { type: 'circle', size: 14, opacity: 1, tooltip: true },
      encoding: {
        x: axis('x', 'first axis'),
        y: axis('y', 'second axis'),
        color: {
          field: 'returns',
          type: 'nominal',
          scale: { domain: ['does not', 'buys again'], range: [COLOURS.quiet, COLOURS.second] },
          legend: { title: null, orient: 'top', offset: 6 },
        },
      },
    },
  })
}
