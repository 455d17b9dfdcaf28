import type { Confusion } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { COLOURS } from './theme.ts'
import { count, percent } from './words.ts'

/** Who was said to return against who did. */
export function confusionMatrix({ model, truePositive, falsePositive, falseNegative, trueNegative }: { readonly model: string } & Confusion): Chart {
  const total = truePositive + falsePositive + falseNegative + trueNegative
  const cell = (said: string, did: string, customers: number) => ({ said, did, customers, share: customers / total, text: `${count(customers)} (${percent(customers / total)})` })
  const data = [
    cell('returns', 'returned', truePositive), cell('returns', 'did not', falsePositive),
    cell('does not', 'returned', falseNegative), cell('does not', 'did not', trueNegative),
  ]
  return new Chart({
    title: `${model} is right about ${percent((truePositive + trueNegative) / total)} of customers`,
    caption: 'Said to return: a probability of 0.5 or more.',
    alt: data.map(each => `said ${each.said}, ${each.did}: ${each.customers}`).join('; '),
    height: 150,
    spec: {
      data: { values: data },
      encoding: {
        x: { field: 'said', type: 'nominal', sort: ['returns', 'does not'], axis: { title: 'said', labelAngle: 0, orient: 'top', domain: false, ticks: false } },
        y: { field: 'did', type: 'nominal', sort: ['returned', 'did not'], axis: { title: 'happened', domain: false, ticks: false } },
      },
      layer: [
        { mark: { type: 'rect', tooltip: true, color: COLOURS.main }, encoding: { opacity: { field: 'share', type: 'quantitative', scale: { domain: [0, 1], range: [0.08, 0.9] }, legend: null } } },
        { mark: { type: 'text', fontSize: 13 }, encoding: { text: { field: 'text', type: 'nominal' } } },
      ],
    },
  })
}
