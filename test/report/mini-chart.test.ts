import { expect, test } from 'vitest'
import { miniChart } from '../../lib/report/mini-chart.ts'
import { score } from './diff/runs.ts'

const model = (title: string, value: number | null, family = 'learner') =>
  score({
    model: title,
    title,
    family,
    value,
    low: value === null ? null : value - 0.05,
    high: value === null ? null : value + 0.05,
  })
const names = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text x="0" y="(?!11")\d+">([^<]*)</g)].map(([, name]) => name as string)

test('the best five by the first measure with their intervals, a naive baseline always among them', () => {
  const scores = [
    ...[0.9, 0.7, 0.8, 0.6, 0.5].map((value, i) => model(`model ${i}`, value)),
    model('naive one', 0.1, 'baseline'),
    model('naive two', 0.2, 'baseline'),
    model('no number', null),
    score({ measure: 'auc', title: 'other measure', value: 1 }),
  ]
  const svg = miniChart({ scores })
  expect(names(svg)).toEqual(['model 0', 'model 2', 'model 1', 'model 3', 'naive two'])
  expect(svg.match(/<circle/g)).toHaveLength(5)
  expect(svg.match(/<path d="M[\d.]+ \d+H[\d.]+" stroke="var\(--(?:accent|soft)\)"/g)).toHaveLength(5)
  expect(svg).toContain('<title id="mini">Gini with 95% intervals: model 0 0.900,')
  expect(svg).toMatch(/>0\.15<\/text><text[^>]*>0\.95<\/text><\/svg>$/)
})

test('of errors the least are the best, and of sums those nearest to one', () => {
  const of = (better: 'lower' | 'one', ...values: readonly number[]): readonly string[] =>
    names(miniChart({ scores: values.map(value => ({ ...model(`at ${value}`, value), better })) }))
  expect(of('lower', 3, 1, 2)).toEqual(['at 1', 'at 2', 'at 3'])
  expect(of('one', 0.2, 1.3, 0.9)).toEqual(['at 0.9', 'at 1.3', 'at 0.2'])
})

test('long names are cut, and names stay words', () => {
  expect(miniChart({ scores: [model('<b>x</b>', 1)] })).toContain('&lt;b&gt;x&lt;/b&gt;')
  expect(names(miniChart({ scores: [model('a'.repeat(60), 1)] }))[0]).toHaveLength(50)
  const long = 'Pareto/NBD + Gamma-Gamma, first purchase too'
  expect(names(miniChart({ scores: [model(long, 1)] }))).toEqual([long])
})

test('without a score there is nothing to draw, and a single one stands in the middle of nothing', () => {
  expect(miniChart({ scores: [] })).toBe('')
  expect(miniChart({ scores: [score({ value: null })] })).toBe('')
  expect(miniChart({ scores: [score({ low: null, high: null })] })).not.toContain('NaN')
})
