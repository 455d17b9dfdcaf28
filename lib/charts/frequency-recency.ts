import { cells as cellLayers } from './cells.ts'
import { Chart } from './chart.ts'
import { requireNumbers } from './require-data.ts'
import { capital, significant } from './words.ts'

export interface FrequencyRecencyCell {
  /** Repeat purchases. */
  readonly frequency: number
  /** Age at the last purchase, in the unit of time given. */
  readonly recency: number
  readonly value: number
}

/**
 * What a model says of each pair of frequency and recency, as a heat map: the probability of being alive, or purchases expected (after
 * Fader, Hardie and Lee 2005). Cells form a grid; those left out stay empty.
 *
 * @param options.domain what the colours span, such as 0 to 1 for a probability; the values' own range unless given
 * Errors: `ReportError` without cells, or with a value that is not finite.
 */
export function frequencyRecency({
  cells,
  what,
  unit = 'days',
  domain,
}: {
  readonly cells: readonly FrequencyRecencyCell[]
  readonly what: string
  readonly unit?: string
  readonly domain?: readonly [least: number, most: number]
}): Chart {
  requireNumbers(
    'frequencyRecency',
    cells.map(each => each.frequency),
    cells.map(each => each.recency),
    cells.map(each => each.value),
  )
  const axisOf = (field: 'frequency' | 'recency'): readonly number[] =>
    [...new Set(cells.map(each => each[field]))].sort((a, b) => a - b)
  const [frequencies, recencies] = [axisOf('frequency'), axisOf('recency')]
  const least = cells.reduce((low, each) => (each.value < low.value ? each : low))
  const most = cells.reduce((high, each) => (each.value > high.value ? each : high))
  const said = ({ frequency, recency, value }: FrequencyRecencyCell): string =>
    `${short(value)} at ${frequency} ${frequency === 1 ? 'purchase' : 'purchases'}, last at ${recency} ${unit}`
  return new Chart({
    title: `${capital(what)}: ${short(least.value) === short(most.value) ? `${short(most.value)} for all, whatever their past` : `from ${said(least)}, to ${said(most)}`}`,
    caption: 'Down: the last purchase came later after the first. Right: more repeat purchases.',
    alt: `Heat map of ${what} by ${frequencies.length} frequencies and ${recencies.length} recencies, from ${said(least)} to ${said(most)}`,
    height: 260,
    spec: {
      data: { values: cells.map(({ frequency, recency, value }) => ({ frequency, recency, value: significant(value) })) },
      encoding: {
        x: {
          field: 'frequency',
          type: 'ordinal',
          scale: { domain: frequencies, paddingInner: 0 },
          axis: { title: 'frequency (repeat purchases)', labelAngle: 0, labelOverlap: true, ticks: false, domain: false },
        },
        y: {
          field: 'recency',
          type: 'ordinal',
          scale: { domain: recencies, paddingInner: 0 },
          axis: { title: `recency (${unit} from first to last purchase)`, labelOverlap: true, ticks: false, domain: false },
        },
      },
      layer: cellLayers({ values: domain ?? cells.map(each => each.value), field: 'value', title: what }),
    },
  })
}

/** Two digits; what is next to nothing needs no more words than that. */
const short = (value: number): string =>
  value > 0 && value < 0.001 ? 'under 0.001' : value.toLocaleString('en-US', { maximumSignificantDigits: 2 })
