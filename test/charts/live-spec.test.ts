import { describe, expect, test } from 'vitest'
import * as vega from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { liveSpec } from '../../lib/charts/index.ts'
import { compileSpec } from '../../lib/charts/draw.ts'
import { sample } from './sample.ts'

const unit = (x: string, y: string) => ({ mark: 'point', encoding: { x: { field: 'a', type: x }, y: { field: 'b', type: y } } })

describe('a chart that can be looked into', () => {
  test('turns on its continuous axes, and its marks end at their edge once it has been turned', () => {
    expect(liveSpec(unit('quantitative', 'nominal'))).toMatchObject({
      mark: { type: 'point', clip: { expr: "length(data('look_store')) > 0" } },
      params: [{ bind: 'scales', select: { encodings: ['x'] } }],
    })
    expect(liveSpec(unit('temporal', 'quantitative'))).toMatchObject({ params: [{ select: { encodings: ['x', 'y'] } }] })
  })

  test('asks for a key, so that the page scrolls', () => {
    expect(JSON.stringify(liveSpec(unit('quantitative', 'quantitative')))).toMatch(/wheel!\[event\.ctrlKey\].*event\.shiftKey/)
  })

  test('is not one whose axes have steps', () => {
    const spec = unit('ordinal', 'nominal')
    expect(liveSpec(spec)).toEqual(spec)
  })

  test('has one layer that turns, and words and marks placed by hand that may stand beyond the edge', () => {
    const words = { ...unit('quantitative', 'quantitative'), mark: { type: 'text' } }
    const placed = { ...unit('quantitative', 'quantitative'), mark: { type: 'rule', y: -16 } }
    const spec = liveSpec({ layer: [words, placed, unit('quantitative', 'quantitative')] })
    expect(JSON.stringify(spec).match(/"bind"/g)).toHaveLength(1)
    expect((spec['layer'] as readonly { readonly mark: object }[]).map(({ mark }) => mark)).toMatchObject([
      { clip: false },
      { clip: false },
      { clip: { expr: "length(data('look_store')) > 0" } },
    ])
  })

  test('shows what the static drawing shows until somebody looks into it: marks on the edge are whole', async () => {
    const spec = { ...unit('quantitative', 'quantitative'), data: { values: [{ a: 0, b: 0 }, { a: 1, b: 1 }] } } // prettier-ignore
    const view = new vega.View(vega.parse(compileSpec(liveSpec(spec), 'page') as never, undefined, { ast: true } as never), {
      renderer: 'none',
      expr: expressionInterpreter,
    } as never)
    const marks = async (): Promise<string> => /<g[^>]*role-mark[^>]*>/.exec(await view.toSVG())?.[0] ?? ''
    expect(await marks()).not.toContain('clip-path')
    await view.signal('look_a', [0.2, 0.6]).signal('look_b', [0.2, 0.6]).runAsync()
    expect(await marks()).toContain('clip-path')
  })

  test.each(Object.entries(sample))('%s is drawn without evaluating text', async (_, { spec }) => {
    const compiled = compileSpec(liveSpec(spec), 'page')
    const view = new vega.View(vega.parse(compiled as never, undefined, { ast: true } as never), {
      renderer: 'none',
      expr: expressionInterpreter,
    } as never)
    expect(await view.toSVG()).toContain('role-mark')
  })
})

test.each(['purchasesOverTime', 'trainingCurves'])(
  'what stands beyond the edge of %s is not cut off when it comes alive',
  name => {
    const { spec } = sample[name] as NonNullable<(typeof sample)[string]>
    const marks = JSON.stringify(compileSpec(liveSpec(spec), 'page')['marks'])
    const groups = (JSON.parse(marks) as readonly { readonly type: string; readonly clip?: boolean }[]).filter(
      ({ type }) => type === 'text' || type === 'symbol',
    )
    expect(groups.length).toBeGreaterThan(0)
    expect(groups.filter(({ clip }) => clip === true)).toEqual([])
  },
)
