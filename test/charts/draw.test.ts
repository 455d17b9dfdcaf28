import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, test } from 'vitest'
import { compileSpec, drawSvg } from '../../lib/charts/draw.ts'
import type { Chart, Spec } from '../../lib/charts/index.ts'
import { textWidth } from '../../lib/charts/text-width.ts'
import { sample } from './sample.ts'

const fontFiles = [createRequire(import.meta.url).resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')]
const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' }

/** Where the ink is, in the drawing's own units: what lies outside the drawing counts too, so that a cut label shows. */
function inkOf(svg: string): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
  const box = new Resvg(svg.replaceAll('currentColor', '#000'), { font }).getBBox()
  if (box === undefined) throw new Error('nothing is drawn')
  return { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height }
}

const line = (text: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40" viewBox="0 0 900 40"><text x="10" y="20" font-family="Inter" font-size="11">${text}</text></svg>`

describe('labels are given the room they take', () => {
  test.each([
    'BG/NBD with Gamma-Gamma',
    'lifetimes, BG/NBD with Gamma-Gamma',
    'Cannot lose them',
    'DNN of the article, value head',
    '1,000,000',
    'WWWWWW',
    'iiiiii',
    'mean spend, £',
    'Past spend at the same rate: 79%',
  ])('%s', text => {
    const { left, right } = inkOf(line(text))
    const wide = textWidth(text, 11)
    expect(wide).toBeGreaterThanOrEqual(right - left)
    expect(wide).toBeLessThanOrEqual((right - left) * 1.12 + 2)
  })

  test.each(Object.entries(sample))('no mark or label of %s leaves the drawing', async (_, chart) => {
    const svg = await chart.svg()
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
    const { left, right, top, bottom } = inkOf(svg)
    expect(Number(width)).toBe(640)
    expect([left >= 0, right <= 640, top >= 0, bottom <= Number(height)]).toEqual([true, true, true, true])
  })

  test('a label wider than its room shows as ink outside, so the check above can fail', () => {
    expect(inkOf(line('w'.repeat(200))).right).toBeGreaterThan(900)
  })
})

test('axes write plain numbers: no powers, no SI prefixes', async () => {
  for (const [name, chart] of Object.entries(sample)) {
    const labels = [...(await chart.svg()).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text as string)
    expect(labels.length, name).toBeGreaterThan(1)
    expect(
      labels.filter(label => /^[−-]?[\d.,]+(?:e[+-]?\d+|[µmkMG])$/.test(label)),
      name,
    ).toEqual([])
  }
})

test('a picture is drawn on white, a page on nothing', () => {
  const { spec } = sample['rocChart'] as Chart
  expect(compileSpec(spec, 'picture')['background']).toBe('#ffffff')
  expect(compileSpec(spec, 'page')['background']).toBe('transparent')
})

test('identifiers inside drawings differ between charts of a page', async () => {
  const ids = await Promise.all(
    [sample['rocChart'], sample['gainCurveChart']].map(async chart =>
      [...(await (chart as Chart).svg()).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id as string),
    ),
  )
  const [one, other] = ids as [string[], string[]]
  expect(one.length).toBeGreaterThan(1)
  expect(one.filter(id => other.includes(id))).toEqual([])
})

test('a specification that cannot be drawn is a named error', async () => {
  const draw = async (spec: Spec): Promise<string> => await drawSvg(spec, 'page', { title: 't', alt: 'a' })
  await expect(draw({ mark: 'no such mark', encoding: {} })).rejects.toMatchObject({ name: 'ReportError', code: 'undrawable' })
})

describe('a chart asks for nothing that it does not carry', () => {
  const encoding = { x: { field: 'a', type: 'quantitative' } }
  const values = { values: [{ a: 1, h: 'javascript:alert(1)' }] }
  const draw = async (spec: Spec): Promise<string> => await drawSvg(spec, 'page', { title: 't', alt: 'a' })

  test.each([
    ['a file', { data: { url: '/etc/passwd', format: { type: 'dsv', delimiter: ':' } }, mark: 'point', encoding }],
    ['the network', { data: { url: 'http://127.0.0.1:1/x.csv' }, mark: 'point', encoding }],
    [
      'a second table',
      {
        data: values,
        transform: [{ lookup: 'a', from: { data: { url: '/etc/passwd' }, key: 'a', fields: ['b'] } }],
        mark: 'point',
        encoding,
      },
    ],
  ])('%s: a named error', async (_, spec) => {
    await expect(draw(spec)).rejects.toMatchObject({ name: 'ReportError', code: 'foreign-data' })
  })

  test.each([
    ['of a field', { data: values, mark: 'point', encoding: { ...encoding, href: { field: 'h' } } }],
    ['of a mark', { data: values, mark: { type: 'point', href: 'https://example.org' }, encoding }],
    ['of a picture', { data: values, mark: { type: 'image', url: 'https://example.org/i.png' }, encoding }],
  ])('links %s are left out, of the drawing and of the live chart', async (_, spec) => {
    expect(await draw(spec)).not.toMatch(/href|example\.org|javascript/)
    expect(JSON.stringify(compileSpec(spec, 'page')).replace('"h":"javascript:alert(1)"', '')).not.toMatch(
      /example\.org|javascript/,
    )
  })

  test('pictures that come along as data are drawn', async () => {
    const url = 'data:image/png;base64,iVBORw0KGgo='
    expect(await draw({ data: values, mark: { type: 'image', url, width: 9, height: 9 }, encoding })).toContain(
      `<image href="${url}"`,
    )
  })
})

test("a chart of one's own that is narrow keeps its size, so that its words are as large as those of other charts", async () => {
  const own = {
    width: 200,
    data: { values: [{ a: 1, b: 2 }] },
    mark: 'point',
    encoding: { x: { field: 'a', type: 'quantitative' }, y: { field: 'b', type: 'quantitative' } },
  }
  expect(await drawSvg(own, 'page', { title: 'Own', alt: 'One dot' })).toMatch(/viewBox="0 0 640 /)
  expect(await drawSvg({ ...own, width: 900 }, 'page', { title: 'Own', alt: 'One dot' })).toMatch(/viewBox="0 0 9\d\d /)
})
