import type { Confusion } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { label } from './marks.ts'
import { requireData, requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { wilson } from './wilson.ts'
import { count, percent, percentRange } from './words.ts'

/**
 * Who was said to return against who did, beside what one answer for all customers would reach.
 * Errors: `ReportError` where the four counts are not numbers, or all zero.
 */
export function confusionMatrix({
  model,
  truePositive,
  falsePositive,
  falseNegative,
  trueNegative,
}: { readonly model: string } & Confusion): Chart {
  requireNumbers('confusionMatrix', [truePositive, falsePositive, falseNegative, trueNegative])
  const total = truePositive + falsePositive + falseNegative + trueNegative
  requireData('confusionMatrix', { length: total })
  const cell = (said: string, did: string, customers: number) => ({
    said,
    did,
    customers,
    share: customers / total,
    text: `${count(customers)} (${percent(customers / total)})`,
    range: percentRange(wilson(customers / total, total)),
  })
  const data = [
    cell('returns', 'returned', truePositive),
    cell('returns', 'did not', falsePositive),
    cell('does not', 'returned', falseNegative),
    cell('does not', 'did not', trueNegative),
  ]
  const range = (of: number, all: number): string => `${percent(of / all)} (${percentRange(wilson(of / all, all))})`
  const [said, did] = [truePositive + falsePositive, truePositive + falseNegative]
  const common = Math.max(did, total - did) / total
  return new Chart({
    title: `${model} is right about ${range(truePositive + trueNegative, total)} of customers; one answer for all would be right about ${percent(common)}`,
    caption: `Said to return: a probability of 0.5 or more.${said > 0 ? ` Of those, ${range(truePositive, said)} did (precision).` : ''}${did > 0 ? ` Of those who returned, ${range(truePositive, did)} were found (recall).` : ''} Beneath each share, and in brackets: 95% intervals (Wilson 1927) over the choice of customers.`,
    alt: data.map(each => `said ${each.said}, ${each.did}: ${count(each.customers)}`).join('; '),
    height: 150,
    spec: {
      data: { values: data },
      encoding: {
        x: {
          field: 'said',
          type: 'nominal',
          sort: ['returns', 'does not'],
          axis: { title: 'said', labelAngle: 0, orient: 'top', domain: false, ticks: false },
        },
        y: {
          field: 'did',
          type: 'nominal',
          sort: ['returned', 'did not'],
          axis: { title: 'happened', domain: false, ticks: false },
        },
      },
      layer: [
        {
          mark: { type: 'rect', tooltip: true, color: COLOURS.main },
          encoding: {
            opacity: { field: 'share', type: 'quantitative', scale: { domain: [0, 1], range: [0.08, 0.6] }, legend: null },
          },
        },
        { mark: label({ fontSize: 13, dy: -7 }), encoding: { text: { field: 'text', type: 'nominal' } } },
        { mark: label({ fontSize: 10, dy: 9 }), encoding: { text: { field: 'range', type: 'nominal' } } },
      ],
    },
  })
}
