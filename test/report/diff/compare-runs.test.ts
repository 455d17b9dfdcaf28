import { describe, expect, test } from 'vitest'
import { compareRuns, diffHtml, diffText } from '../../../lib/report/index.ts'
import { comparison, run, score } from './runs.ts'

const finding = (text: string, value: string) => ({ cell: 'f', text, value })

describe('two runs against each other', () => {
  const a = run(
    {
      findings: [finding('of customers stay', '70%')],
      comparisons: [comparison(score(), score({ model: 'old', title: 'Old' }))],
    },
    new Map(),
    'a.html',
  )
  const b = run(
    {
      parameters: { seed: 2, extra: true },
      data: { title: 'Shop', checksum: 'def' },
      findings: [finding('of customers stay', '71%')],
      comparisons: [
        { ...comparison(score({ value: 0.9, low: 0.8, high: 1 }), score({ model: 'new', title: 'New' })), digest: 'd2' },
      ],
    },
    new Map(),
    'b.html',
  )
  const diff = compareRuns(a, b)

  test('parameters, data and circumstances are paired by name', () => {
    expect(diff.parameters).toEqual([
      { name: 'seed', a: '1', b: '2', same: false },
      { name: 'extra', a: undefined, b: 'true', same: false },
    ])
    expect(diff.data.map(({ same }) => same)).toEqual([true, false])
    expect(diff.circumstances.map(({ name }) => name)).toEqual(['Notebook', 'clvlab', 'Device', 'Run'])
  })

  test('findings are paired by cell, scores by model and measure; those of one run alone stay', () => {
    expect(diff.findings).toMatchObject([{ a: { value: '70%' }, b: { value: '71%' }, same: false }])
    expect(diff.comparisons[0]?.sameCustomers).toBe(false)
    expect(diff.comparisons[0]?.scores.map(({ model, difference }) => [model, difference?.verdict])).toEqual([
      ['m', 'differs'],
      ['old', undefined],
      ['new', undefined],
    ])
  })

  test('the text says what differs, and that other customers were judged', () => {
    const text = diffText(diff)
    expect(text).toContain('seed: 1 → 2')
    expect(text).toContain('SHA-256: abc → def')
    expect(text).toContain('3 scores: 1 differs, 1 only in A, 1 only in B')
    expect(text).toMatch(/differs +Gini +Model M +0\.500 → 0\.900 +\+0\.400/)
    expect(text).toContain('other customers or another outcome')
  })
})

test('a run against itself: all is the same', () => {
  const one = run({ comparisons: [comparison(score())] })
  const text = diffText(compareRuns(one, one))
  expect(text).toContain('Parameters: the same')
  expect(text).toContain('1 score: 1 the same')
})

test.each([
  ['in another currency', { currency: 'USD' }, 180, 'not comparable'],
  ['over another horizon', { currency: 'GBP' }, 273, 'not comparable'],
  ['in a currency that is not known', {}, 180, 'not comparable'],
  ['in the same currency over as many days', { currency: 'GBP' }, 180, 'differs'],
])('money of other customers %s', (_, more, horizon, verdict) => {
  const money = score({ unit: 'money', better: 'lower', value: 80, low: 78, high: 82 })
  const less = { ...money, value: 50, low: 48, high: 52 }
  const data = { title: 'Shop', checksum: 'abc' }
  const a = run({ data: { ...data, currency: 'GBP' }, comparisons: [{ ...comparison(money), horizon: 180 }] })
  const b = run({ data: { ...data, ...more }, comparisons: [{ ...comparison(less), digest: 'd2', horizon }] })
  const diff = compareRuns(a, b)
  expect(diff.comparisons[0]?.scores[0]?.difference?.verdict).toBe(verdict)
  expect(diffText(diff)).not.toMatch(/^ *(?:better|worse)|\d (?:better|worse)/m)
  expect(diffHtml(a, b)).not.toMatch(/<td class="?verdict-(?:better|worse)/)
  expect(diffText(diff).includes('not held against each other')).toBe(verdict === 'not comparable')
})

test('comparisons of renamed cells are paired in their order', () => {
  const other = { ...comparison(score()), cell: 'renamed' }
  expect(compareRuns(run({ comparisons: [comparison(score())] }), run({ comparisons: [other] })).comparisons).toMatchObject([
    { sameCustomers: true, scores: [{ difference: { verdict: 'same' } }] },
  ])
})
