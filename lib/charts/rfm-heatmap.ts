import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { money, percent } from './words.ts'

/** Customers by recency and frequency score (1 to 5, 5 best), coloured by mean spend; how many are in each cell is written in it. */
export function rfmHeatmap({ recency, frequency, spend, currency }: {
  readonly recency: ArrayLike<number>
  readonly frequency: ArrayLike<number>
  readonly spend: ArrayLike<number>
  readonly currency: string
}): Chart {
  requireData('rfmHeatmap', recency, frequency, spend)
  const cells = new Map<string, { recency: number; frequency: number; customers: number; total: number }>()
  let all = 0
  for (let i = 0; i < recency.length; i++) {
    const key = `${recency[i]} ${frequency[i]}`
    const cell = cells.get(key) ?? { recency: recency[i] as number, frequency: frequency[i] as number, customers: 0, total: 0 }
    cell.customers++
    cell.total += spend[i] as number
    all += spend[i] as number
    cells.set(key, cell)
  }
  const data = [...cells.values()].sort((a, b) => a.recency - b.recency || a.frequency - b.frequency).map(cell => ({ ...cell, mean: cell.total / cell.customers }))
  const best = data.filter(cell => cell.recency >= 4 && cell.frequency >= 4)
  const share = best.reduce((sum, cell) => sum + cell.total, 0) / all
  const people = best.reduce((sum, cell) => sum + cell.customers, 0) / recency.length
  return new Chart({
    title: `Recent and frequent customers, ${percent(people)} of all, brought ${percent(share)} of past spend`,
    caption: 'Colour: mean past spend. Number: customers in the cell.',
    alt: `Heat map of recency score by frequency score; mean spend reaches ${money(data.reduce((most, cell) => Math.max(most, cell.mean), 0), currency)}`,
    height: 230,
    spec: {
      data: { values: data },
      encoding: {
        x: { field: 'recency', type: 'ordinal', axis: { title: 'recency score (5: bought lately)', labelAngle: 0 } },
        y: { field: 'frequency', type: 'ordinal', sort: 'descending', axis: { title: 'frequency score (5: most often)' } },
      },
      layer: [
        { mark: { type: 'rect', tooltip: true }, encoding: { color: { field: 'mean', type: 'quantitative', scale: { type: 'log', scheme: 'blues' }, legend: { title: `mean spend${currency === '' ? '' : `, ${currency}`}`, format: '~s', tickCount: 4 } } } },
        { mark: { type: 'text' }, encoding: { text: { field: 'customers', type: 'quantitative', format: ',' }, color: { condition: { test: `datum.mean > ${data.reduce((most, cell) => Math.max(most, cell.mean), 0) / 4}`, value: 'white' }, value: '#1b2733' } } },
      ],
    },
  })
}
