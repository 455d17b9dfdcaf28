import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScoreRecord } from '../../../lib/schema/index.ts'
import { sketchOf } from '../../../lib/schema/index.ts'
import { difference as differenceOf, type Difference, type Judges } from '../../../lib/report/diff/noise.ts'
import { score } from './runs.ts'

const SAME: Judges = { sameCustomers: true, sameDraws: true, sameMoney: true }
const difference = (a: ScoreRecord, b: ScoreRecord): Difference => differenceOf(a, b, SAME)

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
  expect(difference(score({ family: 'neural', sd: 0.01, seeds: 3 }), sure).verdict).toBe('better')
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

describe('a measure that is best at 1', () => {
  const sum = (value: number, reach = 0.02) => score({ better: 'one', value, low: value - reach, high: value + reach })

  test('as far below as above is no worse, not even by the last bit; nor is a little farther, within noise of the distance', () => {
    expect(difference(sum(0.9), sum(1.1))).toMatchObject({
      verdict: 'differs',
      low: expect.closeTo(0.2 - Math.hypot(0.02, 0.02)),
    })
    expect(difference(sum(0.9, 0), sum(1.1, 0)).verdict).toBe('differs')
    expect(difference(sum(0.9), sum(1.12)).verdict).toBe('differs')
  })

  test('clearly farther on the other side is worse, and the way back better', () => {
    expect(difference(sum(0.95), sum(1.2)).verdict).toBe('worse')
    expect(difference(sum(1.2), sum(0.95)).verdict).toBe('better')
  })

  test('which is nearer is never told by less than the noise of each', () => {
    const far = fc.double({ min: 0.3, max: 1.7, noNaN: true })
    fc.assert(
      fc.property(far, far, (a, b) => {
        const { verdict } = difference(sum(a, 0.1), sum(b, 0.1))
        if (Math.abs(Math.abs(a - 1) - Math.abs(b - 1)) < 0.1) expect(['same', 'within noise', 'differs']).toContain(verdict)
      }),
    )
  })
})

describe('one seed', () => {
  const net = (value: number, more: Partial<ScoreRecord> = {}) =>
    score({ family: 'neural', value, low: value - 0.05, high: value + 0.05, ...more })

  test('of a model that depends on it, what reaches beyond the luck of customers cannot be told', () => {
    expect(difference(net(0.5), net(0.9)).verdict).toBe('one seed')
    expect(difference(net(0.5), net(0.52)).verdict).toBe('within noise')
  })

  test('borrows the spread of the run with several', () => {
    const several = net(0.5, { sd: 0.02, seeds: 3 })
    const { verdict, low } = difference(several, net(0.9))
    expect(verdict).toBe('better')
    expect(low).toBeCloseTo(0.4 - Math.hypot(0.05, 0.05, (4.303 * 0.02) / Math.sqrt(3), 4.303 * 0.02), 12)
    expect(difference(net(0.5, { sd: 0.2, seeds: 3 }), net(0.9)).verdict).toBe('within noise')
  })

  test('a baseline has no luck of seeds', () => {
    const sure = { family: 'baseline', seeds: 1 } as const
    expect(difference(net(0.5, sure), net(0.9, sure)).verdict).toBe('better')
  })
})

describe('the same resamples of the same customers', () => {
  const luck = Array.from({ length: 200 }, (_, i) => 0.018 * Math.sin(12.9898 * i + 3))
  const interval = { low: 0.68, high: 0.76 }
  const drawn = (value: number, own: (i: number) => number) => {
    const moved = { low: interval.low + value - 0.72, high: interval.high + value - 0.72 }
    return score({
      value,
      ...moved,
      sketch: sketchOf(
        luck.map((each, i) => value + each + own(i)),
        moved,
      ) as string,
    })
  }

  test('luck that both runs share is no noise', () => {
    const [a, b] = [drawn(0.72, () => 0), drawn(0.735, i => 0.002 * Math.sin(i))]
    expect(difference(a, b)).toMatchObject({ verdict: 'better', paired: true })
    expect(differenceOf(a, b, { ...SAME, sameDraws: false })).toMatchObject({ verdict: 'within noise', paired: false })
    const { low, high } = difference(a, b)
    expect((high as number) - (low as number)).toBeLessThan(0.015)
  })

  test('luck that they do not share is', () => {
    const [a, b] = [drawn(0.72, () => 0), drawn(0.735, i => 0.02 * Math.cos(78.233 * i))]
    expect(difference(a, b)).toMatchObject({ verdict: 'within noise', paired: true })
  })

  test('nothing is told more exactly than the letters that are kept', () => {
    expect(
      difference(
        drawn(0.72, () => 0),
        drawn(0.7205, () => 0),
      ).verdict,
    ).toBe('within noise')
  })
})

describe('other customers', () => {
  const other: Judges = { sameCustomers: false, sameDraws: false, sameMoney: true }
  const far = score({ value: 0.9, low: 0.87, high: 0.94 })

  test('a difference beyond noise has no side', () => {
    expect(differenceOf(score(), far, other).verdict).toBe('differs')
    expect(differenceOf(score(), score({ value: 0.55, low: 0.45, high: 0.65 }), other).verdict).toBe('within noise')
  })

  test('money in another currency or over another time is not held against other money', () => {
    const money = { unit: 'money', better: 'lower' } as const
    const [a, b] = [score({ ...money, value: 83.9, low: 82, high: 86 }), score({ ...money, value: 51.8, low: 50, high: 53 })]
    expect(differenceOf(a, b, { ...other, sameMoney: false })).toEqual({
      by: NaN,
      low: undefined,
      high: undefined,
      verdict: 'not comparable',
      paired: false,
    })
    expect(differenceOf(a, b, other).verdict).toBe('differs')
    expect(differenceOf(score(), far, { ...other, sameMoney: false }).verdict).toBe('differs')
  })
})
