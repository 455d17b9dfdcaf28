import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lossCurves, trainingCurves } from '../../lib/charts/index.ts'
import { drawSvg } from '../../lib/charts/draw.ts'
import { movedApart } from '../../lib/charts/end-labels.ts'

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

  test('are a legend again where the axis is no straight one, and nothing where there is one line', () => {
    const spec = (wide: boolean, names: readonly string[]) =>
      JSON.stringify(
        lossCurves({ title: 'T', what: 'loss', wide, series: names.map((name, i) => ({ name, loss: [3, 2 + i] })) }).spec,
      )
    expect(spec(true, ['a', 'b'])).toContain('"orient":"top"')
    expect(spec(false, ['a', 'b'])).not.toContain('"orient":"top"')
    expect(spec(false, ['a'])).not.toMatch(/"orient":"(?:top|right)"/)
  })
})
