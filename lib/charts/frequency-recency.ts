import { cells as cellLayers } from './cells.ts'
import { Chart } from './chart.ts'
import { levelLines } from './level-lines.ts'
import { percentileInterval } from '../metrics/index.ts'
import { requireNumbers } from './require-data.ts'
import { capital, listed, significant } from './words.ts'

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
 * @param options.levels values that a line is drawn at, with its number, in place of a legend; values rise with recency
 * @param options.draws values of the same cells in the same order, for each draw of the model's parameters: where the lines could also lie
 * Errors: `ReportError` without cells, with a value that is not finite, or with a draw of other cells.
 */
export function frequencyRecency({
  cells,
  what,
  unit = 'days',
  domain,
  levels = [],
  draws = [],
}: {
  readonly cells: readonly FrequencyRecencyCell[]
  readonly what: string
  readonly unit?: string
  readonly domain?: readonly [least: number, most: number]
  readonly levels?: readonly number[]
  readonly draws?: readonly ArrayLike<number>[]
}): Chart {
  requireNumbers(
    'frequencyRecency',
    cells.map(each => each.frequency),
    cells.map(each => each.recency),
    cells.map(each => each.value),
    ...draws,
  )
  const axisOf = (field: 'frequency' | 'recency'): readonly number[] =>
    [...new Set(cells.map(each => each[field]))].sort((a, b) => a - b)
  const [frequencies, recencies] = [axisOf('frequency'), axisOf('recency')]
  const columnsOf = (valueOf: (cell: number) => number): readonly (readonly number[])[] =>
    frequencies.map(frequency =>
      cells
        .flatMap((cell, i) => (cell.frequency === frequency ? [{ ...cell, value: valueOf(i) }] : []))
        .sort((a, b) => a.recency - b.recency)
        .map(({ value }) => value),
    )
  // a line needs every row of its column
  const full = cells.length === frequencies.length * recencies.length
  const lines = full
    ? levelLines({
        field: 'frequency',
        columns: frequencies,
        values: columnsOf(i => (cells[i] as FrequencyRecencyCell).value),
        draws: draws.map(draw => columnsOf(i => draw[i] as number)),
        levels,
      })
    : []
  const least = cells.reduce((low, each) => (each.value < low.value ? each : low))
  const most = cells.reduce((high, each) => (each.value > high.value ? each : high))
  const said = ({ frequency, recency, value }: FrequencyRecencyCell): string =>
    `${short(value)} at ${frequency} ${frequency === 1 ? 'purchase' : 'purchases'}, last at ${recency} ${unit}`
  return new Chart({
    title: `${capital(what)}: ${short(least.value) === short(most.value) ? `${short(most.value)} for all, whatever their past` : `from ${said(least)}, to ${said(most)}`}`,
    caption: `Down: the last purchase came later after the first. Right: more repeat purchases.${lines.length > 0 ? lineWords(levels, draws, cells) : ''}`,
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
      layer: [
        ...cellLayers({
          values: domain ?? cells.map(each => each.value),
          field: 'value',
          title: what,
          legend: lines.length === 0,
        }),
        ...lines,
      ],
    },
  })
}

/** What lines mean, how far draws put them, and how far draws move the value of any cell. */
function lineWords(
  levels: readonly number[],
  draws: readonly ArrayLike<number>[],
  cells: readonly FrequencyRecencyCell[],
): string {
  const meaning = ` Lines: where it is ${listed(levels.map(String))}`
  if (draws.length === 0) return `${meaning}.`
  const halves = cells.map((_, i) => {
    const { low, high } = percentileInterval(Float64Array.from(draws, draw => draw[i] as number)) ?? { low: 0, high: 0 }
    return (high - low) / 2
  })
  return `${meaning}; shaded: their 95% interval over ${draws.length} draws of the fitted parameters. These move the value of no cell by more than ±${short(halves.reduce((most, each) => Math.max(most, each), 0))}.`
}

/** Two digits; what is next to nothing needs no more words than that. */
const short = (value: number): string =>
  value > 0 && value < 0.001 ? 'under 0.001' : value.toLocaleString('en-US', { maximumSignificantDigits: 2 })
