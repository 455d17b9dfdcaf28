import { describe, expect, test } from 'vitest'
import {
  auc,
  drawnIn,
  gainBand,
  gainDifference,
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
    return interval === undefined ? undefined : { x, y: at(curve(actual, score), x), ...interval }
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
    expect(band.length).toBeGreaterThan(40)
    for (const { x, y, low, high } of band) {
      const expected = slow(x) as BandPoint
      expect(y).toBeCloseTo(expected.y, 9)
      expect(low).toBeCloseTo(expected.low, 9)
      expect(high).toBeCloseTo(expected.high, 9)
    }
  })

  test('no curve lies outside its own band, not even that of a model with few scores', () => {
    const coarse = score.map(each => Math.floor(each * 4) / 4)
    for (const said of [score, coarse])
      for (const band of [
        gainBand(spend, said, { ...resampling, resamples: 200 }),
        rocBand(returned, said, { ...resampling, resamples: 200 }),
        precisionRecallBand(returned, said, { ...resampling, resamples: 200 }),
      ])
        for (const { x, y, low, high } of band) {
          expect(y, `at ${x}`).toBeGreaterThanOrEqual(low)
          expect(y, `at ${x}`).toBeLessThanOrEqual(high)
        }
  })

  test('over seeds, the curve is their mean: its area is the mean of their areas', () => {
    const other = score.map((each, i) => each + (i % 7) / 5)
    const [one, two, both] = [[score], [other], [score, other]].map(runs => rocBand(returned, runs, resampling))
    both?.forEach(({ y }, p) => expect(y).toBeCloseTo(((one?.[p]?.y as number) + (two?.[p]?.y as number)) / 2, 12))
    const area = (both ?? []).reduce((sum, { x, y }, i, all) => {
      const last = all[i - 1]
      return last === undefined ? 0 : sum + ((x - last.x) * (y + last.y)) / 2
    }, 0)
    expect(area).toBeCloseTo((auc(returned, score) + auc(returned, other)) / 2, 2)
  })

  test('the difference of two gain curves is paired', () => {
    const other = score.map((each, i) => each + (i % 7) / 5)
    expect(gainDifference(spend, score, score, resampling).every(({ y, low, high }) => y === 0 && low === 0 && high === 0)).toBe(
      true,
    )
    const [own, less, apart] = [
      gainBand(spend, score, resampling),
      gainBand(spend, other, resampling),
      gainDifference(spend, score, other, resampling),
    ]
    apart.forEach(({ y, low, high }, p) => {
      expect(y).toBeCloseTo((own[p]?.y as number) - (less[p]?.y as number), 12)
      expect(high - low).toBeLessThanOrEqual(
        (own[p]?.high as number) - (own[p]?.low as number) + (less[p]?.high as number) - (less[p]?.low as number) + 1e-9,
      )
    })
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
