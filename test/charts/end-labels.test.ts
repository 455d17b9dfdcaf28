import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lossCurves, trainingCurves } from '../../lib/charts/index.ts'
import { drawSvg } from '../../lib/charts/draw.ts'
import { movedApart } from '../../lib/charts/end-labels.ts'
import { rowsOf } from './read-spec.ts'

const named = (...values: readonly number[]) => values.map((at, i) => ({ name: `line ${i}`, at }))

describe('names at the ends of lines', () => {
  test('stay where there is room, and are moved apart about their middle where there is none', () => {
    expect(movedApart(named(8, 2), [0, 10], 1)).toEqual([
      { name: 'line 1', at: 2 },
      { name: 'line 0', at: 8 },
    ])
    expect(movedApart(named(5, 5), [0, 10], 2).map(({ at }) => at)).toEqual([4, 6])
  })

  test('are kept within the axis', () => {
    expect(movedApart(named(0, 0), [0, 10], 2).map(({ at }) => at)).toEqual([0, 2])
    expect(movedApart(named(10, 10, 10), [0, 10], 2).map(({ at }) => at)).toEqual([6, 8, 10])
  })

  test('never meet, never leave, and keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 4 }), values => {
        const at = movedApart(named(...values), [0, 100], 10).map(each => each.at)
        at.forEach((each, i) => {
          expect(each).toBeGreaterThanOrEqual(-1e-3)
          expect(each).toBeLessThanOrEqual(100 + 1e-3)
          if (i > 0) expect(each - (at[i - 1] as number)).toBeGreaterThanOrEqual(10 - 1e-3)
        })
      }),
    )
  })

  test('are drawn in place of a legend', async () => {
    const chart = trainingCurves({ loss: [3, 2, 1], validationLoss: [3, 2.5, 1], what: 'loss' })
    const svg = await drawSvg(chart.spec, 'page', { title: 'T', alt: 'A' })
    expect(svg.match(/>(?:training|validation)</g)).toEqual(['>training<', '>validation<'])
    expect(JSON.stringify(chart.spec)).not.toContain('"orient":"top"')
  })

  test('stand at their lines also where the axis is no straight one, and one line needs none', () => {
    const chart = (wide: boolean, ...ends: readonly number[]) =>
      lossCurves({ title: 'T', what: 'loss', wide, series: ends.map((end, i) => ({ name: `line ${i}`, loss: [3, end] })) })
    expect(JSON.stringify(chart(false, 2).spec)).not.toMatch(/"orient":"(?:top|right)"/)
    const names = (...ends: readonly number[]) => rowsOf(chart(true, ...ends), 'point').map(({ of, at }) => [of, at])
    expect(names(60, -4e9)).toEqual([
      ['line 1', -4e9],
      ['line 0', 60],
    ])
    // log1p of 1e6 is 13.8155, 180 pixels high: 15 pixels are a factor of e to the 1.15, about the middle of the two
    const [low, high] = names(1e6, 9e5, -1e6)
      .slice(1)
      .map(([, at]) => Number(at))
    expect(Math.log((high as number) / (low as number))).toBeCloseTo((2 * 13.8155 * 15) / 180, 3)
    expect(JSON.stringify(chart(true, 60, -4e9).spec)).not.toContain('"orient":"top"')
  })
})
