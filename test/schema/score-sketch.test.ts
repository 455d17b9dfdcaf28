import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LETTER, SKETCHED, sketched, sketchOf } from '../../lib/schema/score-sketch.ts'

const interval = { low: 0.6, high: 0.8 }

test('what was drawn comes back within half a letter, from half an interval below to half an interval above', () => {
  const drawn = fc.array(fc.double({ min: 0.5, max: 0.9, noNaN: true }), { minLength: SKETCHED, maxLength: SKETCHED })
  fc.assert(
    fc.property(drawn, values => {
      const back = sketched(sketchOf(values, interval) as string, interval)
      values.forEach((value, i) => expect(Math.abs((back?.[i] as number) - value)).toBeLessThan(0.2 * LETTER * 0.5001))
    }),
  )
})

test('without enough resamples, an interval or a number there is none', () => {
  const all = Array.from({ length: SKETCHED }, () => 0.7)
  expect(sketchOf(all, interval)).toHaveLength(SKETCHED)
  expect(sketchOf(all.slice(1), interval)).toBeUndefined()
  expect(sketchOf(all, { low: 0.7, high: 0.7 })).toBeUndefined()
  expect(sketchOf([...all.slice(1), NaN], interval)).toBeUndefined()
  expect(sketched('A', interval)).toBeUndefined()
  expect(sketched('!'.repeat(SKETCHED), interval)).toBeUndefined()
})
