import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calibrationCurve, gainCurve } from '../../lib/metrics/index.ts'
import { returning, spending } from './arbitraries.ts'
import { ACTUAL, VALUE } from './examples.ts'

describe('curves', () => {
  test('the gain curve has one point per distinct prediction, as computed with numpy', () => {
    const shares = gainCurve(ACTUAL, VALUE).map(({ y }) => y)
    const numpy = [
      0, 0.42414355628058725, 0.6133768352365416, 0.7438825448613376, 0.7846655791190864, 0.9257748776508973, 0.966557911908646,
      0.966557911908646, 1, 1, 1,
    ]
    expect(shares).toHaveLength(numpy.length)
    numpy.forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 13))
  })

  test('the gain curve rises from (0, 0) to (1, 1)', () => {
    fc.assert(
      fc.property(spending, ({ actual, predicted }) => {
        const points = gainCurve(actual, predicted)
        expect(points[0]).toEqual({ x: 0, y: 0 })
        expect(points.at(-1)).toEqual({ x: 1, y: 1 })
        points.slice(1).forEach(({ x, y }, i) => {
          expect(x).toBeGreaterThan(points[i]?.x ?? 0)
          expect(y).toBeGreaterThanOrEqual(points[i]?.y ?? 0)
        })
      }),
    )
  })

  test('calibration groups by hand: ties are never parted', () => {
    expect(calibrationCurve([0, 1, 1, 0, 1, 1], [0.2, 0.2, 0.2, 0.2, 0.9, 0.7], 3)).toEqual([
      { customers: 4, predicted: 0.2, actual: 0.5 },
      { customers: 2, predicted: 0.8, actual: 1 },
    ])
  })

  test('calibration groups hold every customer once, from the lowest probability to the highest', () => {
    fc.assert(
      fc.property(returning, ({ actual, probability }) => {
        const groups = calibrationCurve(actual, probability)
        expect(groups.length).toBeLessThanOrEqual(10)
        expect(groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(actual.length)
        expect(groups.reduce((sum, each) => sum + each.customers * each.actual, 0)).toBeCloseTo(
          actual.reduce((sum, each) => sum + each, 0),
          9,
        )
        groups.slice(1).forEach(({ predicted }, i) => expect(predicted).toBeGreaterThan(groups[i]?.predicted ?? 1))
      }),
    )
  })
})
