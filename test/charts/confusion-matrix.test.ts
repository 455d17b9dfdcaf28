import { expect, test } from 'vitest'
import { confusionMatrix } from '../../lib/charts/index.ts'
import { rowsOf } from './read-spec.ts'

test('sets the accuracy beside that of one answer for all', () => {
  const chart = confusionMatrix({ model: 'A', truePositive: 3, falsePositive: 1, falseNegative: 2, trueNegative: 4 })
  expect(chart.title).toBe('A is right about 70% (40–89%) of customers; one answer for all would be right about 50%')
  expect(chart.caption).toBe(
    'Said to return: a probability of 0.5 or more. Of those, 75% (30–95%) did (precision). Of those who returned, 60% (23–88%) were found (recall). Beneath each share, and in brackets: 95% intervals (Wilson 1927) over the choice of customers.',
  )
  expect(chart.alt).toBe(
    'said returns, returned: 3; said returns, did not: 1; said does not, returned: 2; said does not, did not: 4',
  )
  expect(rowsOf(chart, 'rect').map(row => row['text'])).toEqual(['3 (30%)', '1 (10%)', '2 (20%)', '4 (40%)'])
  // 3 of 10, as R's binom::binom.wilson(3, 10) has it: 0.1078, 0.6032
  expect(rowsOf(chart, 'rect')[0]?.['range']).toBe('11–60%')
})

test('a model that names nobody has no precision, and says none', () => {
  const chart = confusionMatrix({ model: 'A', truePositive: 0, falsePositive: 0, falseNegative: 3, trueNegative: 7 })
  expect(chart.title).toContain('70% (40–89%) of customers; one answer for all would be right about 70%')
  expect(chart.caption).not.toContain('precision')
  expect(chart.caption).toContain('0% (0–56%) were found')
})

test('no customers are nothing to draw', () => {
  expect(() => confusionMatrix({ model: 'A', truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 })).toThrow(
    /nothing to draw in confusionMatrix/,
  )
})
