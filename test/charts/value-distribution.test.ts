import { expect, test } from 'vitest'
import { valueDistribution } from '../../lib/charts/index.ts'
import { exp, normal, Seed } from '../../lib/numeric/index.ts'
import { rowsOf } from './read-spec.ts'

const values = [0, 0, 1, 2, 3, 4, 5, 10, 20, 955]
const chart = valueDistribution({ values, currency: 'GBP', what: 'past spend' })

test('says what the top tenth brings, and how many spent nothing', () => {
  expect(chart.title).toBe('The top tenth of customers brings 96% (0–100%) of past spend')
  expect(chart.caption).toContain('2 (20%) spent nothing and are not drawn.')
  expect(chart.alt).toBe('Histogram of past spend of 10 customers: median £4.50, largest £955; 20% spent nothing')
})

test('counts every customer who spent once, in bars that stand on the axis and meet', () => {
  const bars = rowsOf(chart, 'bar')
  expect(bars.reduce((sum, bar) => sum + Number(bar['customers']), 0)).toBe(8)
  for (const value of values.filter(each => each > 0))
    expect(bars.filter(bar => Number(bar['from']) <= value && value < Number(bar['to']))).toHaveLength(1)
  expect(bars.every(bar => bar['floor'] === 0)).toBe(true)
})

test('what the top tenth brings has the interval that resampled customers give', () => {
  const random = Seed.of(5).random()
  const spends = Array.from({ length: 400 }, () => exp(normal(random)))
  const share = (of: readonly number[]): number => {
    const sorted = of.toSorted((a, b) => b - a)
    const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)
    return sum(sorted.slice(0, 40)) / sum(sorted)
  }
  const drawn = Float64Array.from({ length: 2000 }, () => share(spends.map(() => spends[random.integer(400)] as number))).sort()
  const [, low, high] = /\((\d+)–(\d+)%\)/.exec(valueDistribution({ values: spends, currency: '' }).title) ?? []
  expect(Math.abs(Number(low) - 100 * (drawn[50] as number))).toBeLessThan(1.5)
  expect(Math.abs(Number(high) - 100 * (drawn[1949] as number))).toBeLessThan(1.5)
})

test('each bar carries the interval of its count: 6 of 10 are 3.127 to 8.318 (Wilson 1927)', () => {
  const [bar] = rowsOf(valueDistribution({ values: [0, 0, 0, 0, 5, 5, 5, 5, 5, 5], currency: '' }), 'bar')
  expect(bar).toMatchObject({ customers: 6, low: 3.127, high: 8.318 })
})

test('the median is shaded as far as order statistics say: of 100, the 40th and the 61st, as the binomial law has it', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
  expect(rowsOf(valueDistribution({ values: hundred, currency: '' }), 'rect')).toEqual([{ low: 40, high: 61 }])
  expect(rowsOf(valueDistribution({ values: [3, 5], currency: '' }), 'rect')).toEqual([{ low: 3, high: 5 }])
})

test('a power of ten begins a bar, whatever its logarithm rounds to', () => {
  const bars = rowsOf(valueDistribution({ values: [1000, 999.99], currency: '' }), 'bar')
  expect(bars.map(bar => [bar['to'], bar['from'], bar['customers']])).toEqual([
    [1000, 749.9, 1],
    [1334, 1000, 1],
  ])
})

test('without customers, or with none who spent, there is nothing to draw', () => {
  expect(() => valueDistribution({ values: [], currency: '' })).toThrow(/nothing to draw in valueDistribution/)
  expect(() => valueDistribution({ values: [0, 0], currency: '' })).toThrow(/of customers who spent anything/)
  expect(() => valueDistribution({ values: [1, NaN], currency: '' })).toThrow(/was given NaN \(value 2 of 2\)|NaN/)
})
