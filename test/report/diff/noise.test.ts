import fc from 'fast-check'
import { expect, test } from 'vitest'
import { difference } from '../../../lib/report/diff/noise.ts'
import { score } from './runs.ts'

test('intervals of both runs are joined (Zou and Donner 2008, equation 2)', () => {
  const { by, low, high } = difference(score(), score({ value: 0.9, low: 0.87, high: 0.94 }))
  expect(by).toBeCloseTo(0.4, 12)
  expect(low).toBeCloseTo(0.4 - Math.hypot(0.03, 0.1), 12)
  expect(high).toBeCloseTo(0.4 + Math.hypot(0.04, 0.1), 12)
})

test('a difference is noise where its interval holds zero, and otherwise has a side', () => {
  expect(difference(score(), score({ value: 0.6, low: 0.5, high: 0.7 })).verdict).toBe('within noise')
  expect(difference(score(), score({ value: 0.9, low: 0.8, high: 1 })).verdict).toBe('better')
  expect(difference(score(), score({ value: 0.1, low: 0, high: 0.2 })).verdict).toBe('worse')
})

test('the side follows the measure: less error is better, and so is a sum nearer to what was spent', () => {
  const lower = { better: 'lower' } as const
  expect(difference(score(lower), score({ ...lower, value: 0.9, low: 0.8, high: 1 })).verdict).toBe('worse')
  const one = { better: 'one' } as const
  expect(
    difference(score({ ...one, value: 2, low: 1.9, high: 2.1 }), score({ ...one, value: 1.1, low: 1, high: 1.2 })).verdict,
  ).toBe('better')
  expect(
    difference(score({ ...one, value: 1, low: 0.9, high: 1.1 }), score({ ...one, value: 0.5, low: 0.4, high: 0.6 })).verdict,
  ).toBe('worse')
})

test('the luck of seeds is noise too: a standard error by Student’s t joins the interval', () => {
  const sure = score({ value: 0.9, low: 0.85, high: 0.95 })
  expect(difference(score(), sure).verdict).toBe('better')
  const lucky = score({ value: 0.9, low: 0.85, high: 0.95, sd: 0.2, seeds: 3 })
  expect(difference(score(), lucky).verdict).toBe('within noise')
  expect(difference(score(), lucky).low).toBeCloseTo(0.4 - Math.hypot(0.1, 0.05, (4.303 * 0.2) / Math.sqrt(3)), 12)
})

test('equal is the same, and without interval or number nothing can be told', () => {
  expect(difference(score(), score()).verdict).toBe('same')
  const bare = { low: null, high: null }
  expect(difference(score(bare), score({ ...bare, value: 0.9 })).verdict).toBe('cannot be told')
  expect(difference(score({ value: null }), score()).verdict).toBe('cannot be told')
  expect(difference(score({ value: null }), score({ value: null })).verdict).toBe('same')
})

test('turned about, a gain is a loss of the same size', () => {
  const scores = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 0.5, noNaN: true }),
    fc.double({ min: 0, max: 0.5, noNaN: true }),
  )
  const turned = { better: 'worse', worse: 'better' } as Readonly<Record<string, string>>
  fc.assert(
    fc.property(scores, scores, ([a, downA, upA], [b, downB, upB]) => {
      const [one, two] = [score({ value: a, low: a - downA, high: a + upA }), score({ value: b, low: b - downB, high: b + upB })]
      const [there, back] = [difference(one, two), difference(two, one)]
      expect(back.verdict).toBe(turned[there.verdict] ?? there.verdict)
      expect(back.by + there.by).toBe(0)
    }),
  )
})
