import { expect, test } from 'vitest'
import { purchasesOverTime } from '../../lib/charts/index.ts'
import { rowsOf } from './read-spec.ts'

const weeks = ['2024-01-01', '2024-01-08', '2024-01-15', '2024-01-22']
const purchases = [1000, 2000, 4000, 100]

test('counts exactly where the cutoff and the horizon begin weeks', () => {
  const chart = purchasesOverTime({ weeks, purchases, cutoff: '2024-01-15', horizonEnd: '2024-01-22' })
  expect(chart.title).toBe('3,000 purchases are observed before 2024-01-15, 4,000 are to be predicted')
  expect(rowsOf(chart, 'bar').map(bar => bar['span'])).toEqual(['observed', 'observed', 'to be predicted', 'not used'])
})

test('says "about" where a week holds the cutoff', () => {
  expect(purchasesOverTime({ weeks, purchases, cutoff: '2024-01-17', horizonEnd: '2024-01-22' }).title).toBe(
    'About 7,000 purchases are observed before 2024-01-17, about 0 are to be predicted',
  )
})

test('draws only weeks that the log covers whole, and says so', () => {
  const of = (first: string, last: string) =>
    purchasesOverTime({ weeks, purchases, cutoff: '2024-01-15', horizonEnd: '2024-01-29', covered: [first, last] })
  expect(rowsOf(of('2024-01-01', '2024-01-28'), 'bar').map(bar => bar['week'])).toEqual(weeks)
  expect(of('2024-01-01', '2024-01-28').caption).not.toContain('not drawn')
  const partial = of('2024-01-02', '2024-01-27')
  expect(rowsOf(partial, 'bar').map(bar => bar['week'])).toEqual(['2024-01-08', '2024-01-15'])
  expect(partial.caption).toContain('Weeks that the log covers only in part are not drawn.')
  expect(partial.title).toContain('3,000 purchases are observed')
  expect(partial.alt).toBe('Bars of purchases by week from 2024-01-08 to 2024-01-21, split at the cutoff 2024-01-15')
})

test('shades how far counts of independent purchases scatter, as steps that end with the last week', () => {
  const chart = purchasesOverTime({ weeks: weeks.slice(0, 1), purchases: [100], cutoff: '2024-01-15', horizonEnd: '2024-01-22' })
  expect(rowsOf(chart, 'area')).toEqual([
    { week: '2024-01-01', low: 80, high: 120 },
    { week: '2024-01-08', low: 80, high: 120 },
  ])
  expect(chart.caption).toContain('95% intervals of such counts, were purchases independent of one another (Poisson)')
})

test('days that are none, and columns of unequal length, are named', () => {
  expect(() => purchasesOverTime({ weeks, purchases, cutoff: 'monday', horizonEnd: '2024-01-22' })).toThrow(/"monday" for a day/)
  expect(() => purchasesOverTime({ weeks: weeks.slice(1), purchases, cutoff: '2024-01-15', horizonEnd: '2024-01-22' })).toThrow(
    /3 and 4 values/,
  )
})
