import { ReportError } from '../errors/index.ts'
import { cells as cellLayers } from './cells.ts'
import { Chart } from './chart.ts'
import { requireNumbers } from './require-data.ts'
import { ratioInterval } from './ratio-interval.ts'
import { wilson } from './wilson.ts'
import { count, money, moneyUnit, percent, percentRange, significant } from './words.ts'

const SCORES = [1, 2, 3, 4, 5]

/**
 * Customers by recency and frequency score (1 to 5, 5 best), coloured by mean spend; how many are in each cell is written in it.
 * Errors: `ReportError` without customers, with columns of unequal length, or scores other than 1 to 5.
 */
export function rfmHeatmap({
  recency,
  frequency,
  spend,
  currency,
}: {
  readonly recency: ArrayLike<number>
  readonly frequency: ArrayLike<number>
  readonly spend: ArrayLike<number>
  readonly currency: string
}): Chart {
  requireNumbers('rfmHeatmap', recency, frequency, spend)
  const cells = new Map<number, { recency: number; frequency: number; customers: number; total: number; squares: number }>()
  let all = 0
  for (let i = 0; i < recency.length; i++) {
    const [r, f, value] = [recency[i] as number, frequency[i] as number, spend[i] as number]
    if (!SCORES.includes(r) || !SCORES.includes(f))
      throw new ReportError({
        code: 'not-a-score',
        what: `rfmHeatmap was given the scores ${r} and ${f}`,
        where: `customer ${i + 1}`,
        remedy: 'score customers from 1 to 5',
      })
    const cell = cells.get(r * 10 + f) ?? { recency: r, frequency: f, customers: 0, total: 0, squares: 0 }
    cell.customers++
    cell.total += value
    cell.squares += value * value
    all += value
    cells.set(r * 10 + f, cell)
  }
  const data = [...cells.values()]
    .sort((a, b) => a.recency - b.recency || a.frequency - b.frequency)
    .map(({ recency, frequency, customers, total, squares }) => {
      const mean = total / customers
      // of one customer nothing can be said, and what rounding leaves below zero is none
      const half = 1.96 * Math.sqrt(Math.max(0, squares / customers - mean * mean) / (customers - 1))
      const words = `${short(mean)}${Number.isFinite(half) ? ` ± ${short(half)}` : ''}\n${count(customers)}`
      return { recency, frequency, customers, mean: significant(mean), total, words }
    })
  const best = data.filter(cell => cell.recency >= 4 && cell.frequency >= 4)
  const { ratio: share, interval } = ratioInterval(
    Float64Array.from(spend, (each, i) => ((recency[i] as number) >= 4 && (frequency[i] as number) >= 4 ? each : 0)),
    spend,
  )
  const people = best.reduce((sum, cell) => sum + cell.customers, 0) / recency.length
  const ofAll = `${percent(people)} (${percentRange(wilson(people, recency.length))}) of all`
  const most = data.reduce((top, cell) => (cell.mean > top.mean ? cell : top))
  return new Chart({
    title:
      all > 0
        ? `Recent and frequent customers, ${ofAll}, brought ${percent(share)} (${percentRange([interval[0], Math.min(1, interval[1])])}) of past spend`
        : `Recent and frequent customers are ${ofAll}; nobody spent anything`,
    caption: `Recent and frequent: scores of 4 or 5 in both. Colour, and first number: mean past spend${currency === '' ? '' : `, ${moneyUnit(currency)}`}, ± half its 95% interval. Beneath: customers in the cell; nobody has the scores of an empty one. In brackets: 95% intervals over the choice of customers.`,
    alt: `Heat map of recency score by frequency score; mean spend reaches ${money(most.mean, currency)} at recency ${most.recency} and frequency ${most.frequency}`,
    height: 230,
    spec: {
      data: {
        values: data.map(({ recency, frequency, customers, mean, words }) => ({ recency, frequency, customers, mean, words })),
      },
      encoding: {
        x: {
          field: 'recency',
          type: 'ordinal',
          scale: { domain: SCORES },
          axis: { title: 'recency score (5: bought lately)', labelAngle: 0, ticks: false, domain: false },
        },
        y: {
          field: 'frequency',
          type: 'ordinal',
          scale: { domain: SCORES.toReversed() },
          axis: { title: 'frequency score (5: most often)', ticks: false, domain: false },
        },
      },
      layer: cellLayers({
        values: data.map(cell => cell.mean),
        field: 'mean',
        money: true,
        title: `mean spend${currency === '' ? '' : `, ${moneyUnit(currency)}`}`,
        text: 'words',
        legend: false,
      }),
    },
  })
}

/** Money in a cell, where its unit stands beside the colours. */
const short = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })
