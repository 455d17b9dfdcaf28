import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ShopClock } from '../../../lib/data/simulator/clock.ts'

const clock = new ShopClock('2023-01-01', '2024-12-29')
const seconds = (text: string): number => Date.parse(text) / 1000
const passed = (from: string, to: string): number => clock.at(seconds(to)) - clock.at(seconds(from))

describe('ShopClock', () => {
  it('turns times to shop weeks and back, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: seconds('2023-01-01'), max: seconds('2024-12-28') }), time => {
        expect(Math.abs(clock.timeOf(clock.at(time)) - time)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('never runs backwards, and passes about a shop week a week', () => {
    let last = -1
    for (let time = clock.start; time < seconds('2024-12-29'); time += 1800) {
      const now = clock.at(time)
      expect(now).toBeGreaterThan(last)
      last = now
    }
    expect(last / 104).toBeCloseTo(1, 1)
  })

  it('is faster before Christmas than in summer, and in the evening than at night', () => {
    expect(passed('2023-12-04', '2023-12-11')).toBeGreaterThan(1.5 * passed('2023-07-24', '2023-07-31'))
    expect(passed('2023-03-01T20:00Z', '2023-03-01T21:00Z')).toBeGreaterThan(
      10 * passed('2023-03-01T03:00Z', '2023-03-01T04:00Z'),
    )
  })

  it('never comes to what lies beyond its end', () => {
    expect(clock.timeOf(1e6)).toBe(Infinity)
  })
})
