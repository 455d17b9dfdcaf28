import { describe, expect, test } from 'vitest'
import {
  drawnIn,
  gainBand,
  gainCurve,
  percentileInterval,
  precisionRecallBand,
  precisionRecallCurve,
  rocBand,
  rocCurve,
  type BandPoint,
  type CurvePoint,
} from '../../lib/metrics/index.ts'
import { Seed } from '../../lib/numeric/index.ts'

const N = 120
const random = Seed.of(3).random()
// in steps, so that there are ties
const score = Float64Array.from({ length: N }, () => Math.floor(random.uniform() * 30) / 30)
const returned = score.map(each => (random.uniform() < each ? 1 : 0))
const spend = returned.map(each => each * (1 + Math.floor(random.uniform() * 90)))
const resampling = { seed: Seed.of(7), resamples: 60 }

/** The slow way: every resample as rows of its own, through the curve itself. */
function slowly(
  curve: (actual: Float64Array, predicted: Float64Array) => readonly CurvePoint[],
  actual: Float64Array,
  at: (points: readonly CurvePoint[], x: number) => number,
): (x: number) => BandPoint | undefined {
  const curves = Array.from({ length: resampling.resamples }, (_, b) => {
    const rows = [...drawnIn(b, resampling, N)].flatMap((times, row) => Array<number>(times).fill(row))
    const of = (column: Float64Array): Float64Array => Float64Array.from(rows, row => column[row] as number)
    return curve(of(actual), of(score))
  })
  return x => {
    const interval = percentileInterval(Float64Array.from(curves, points => at(points, x)))
    return interval === undefined ? undefined : { x, ...interval }
  }
}

/** In proportion between the points on either side; the first that reaches it. */
function heightAt(points: readonly CurvePoint[], x: number): number {
  const after = points.findIndex(point => point.x >= x - 1e-12)
  const [a, b] = [points[after - 1], points[after] as CurvePoint]
  return a === undefined || a.x === b.x ? b.y : a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y)
}

const precisionAt = (points: readonly CurvePoint[], x: number): number =>
  (points.find(point => point.x >= x - 1e-12) ?? (points.at(-1) as CurvePoint)).y

describe('bands of curves are those of the curves over resampled rows', () => {
  test.each([
    ['gain', gainBand(spend, score, resampling), slowly(gainCurve, spend, heightAt)],
    ['ROC', rocBand(returned, score, resampling), slowly(rocCurve, returned, heightAt)],
    ['precision-recall', precisionRecallBand(returned, score, resampling), slowly(precisionRecallCurve, returned, precisionAt)],
  ])('%s', (_, band, slow) => {
    expect(band.length).toBeGreaterThan(35)
    for (const { x, low, high } of band) {
      const expected = slow(x) as BandPoint
      expect(low).toBeCloseTo(expected.low, 9)
      expect(high).toBeCloseTo(expected.high, 9)
    }
  })

  test('another seed draws other customers, and none leaves no band', () => {
    expect(gainBand(spend, score, { ...resampling, seed: Seed.of(8) })).not.toEqual(gainBand(spend, score, resampling))
    expect(gainBand(spend, score, { ...resampling, resamples: 0 })).toEqual([])
  })

  test('where nobody returned, or all did, there is no band', () => {
    for (const all of [0, 1]) {
      const same = returned.map(() => all)
      expect(rocBand(same, score, resampling)).toEqual([])
    }
    expect(
      precisionRecallBand(
        returned.map(() => 0),
        score,
        resampling,
      ),
    ).toEqual([])
  })

  test('curves of unlike length are a named error', () => {
    expect(() => gainBand([1, 2], [1], resampling)).toThrow(/2 actual values against 1 predictions/)
  })
})
