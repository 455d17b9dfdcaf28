import { describe, expect, test } from 'vitest'
import { drawPng } from '../../lib/charts/draw.ts'
import { Chart } from '../../lib/charts/index.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { sample } from './sample.ts'

const spec = { data: { values: [{ a: 1 }] }, mark: 'bar', encoding: { x: { field: 'a', type: 'quantitative' } } }

describe.each(Object.entries(sample))('%s', (_, chart) => {
  test('goes out as vega-lite 5, as a picture with its alternative text, and as text, without HTML', async () => {
    const { data, metadata } = await chart[DISPLAY]()
    expect(Object.keys(data).sort()).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain'])
    expect(data['application/vnd.vegalite.v5+json']).toMatchObject({
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      description: chart.alt,
      background: 'transparent',
    })
    expect(
      Buffer.from(data['image/png'] as string, 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    expect(metadata).toMatchObject({
      'image/png': { alt: chart.alt, width: 640 },
      clvlab: { title: chart.title, caption: chart.caption, alt: chart.alt },
    })
  })

  test('draws the same SVG twice, named and described, its text in the colour of the page', async () => {
    const svg = await chart.svg()
    expect(svg).toBe(await chart.svg())
    expect(svg).toMatch(
      /^<svg role="img" aria-labelledby="(t\w+) (d\w+)" [^>]*><title id="\1">[^<]+<\/title><desc id="\2">[^<]+<\/desc>/,
    )
    expect(svg).toContain('currentColor')
    expect(svg).not.toMatch(/NaN|undefined/)
  })

  test('leaves the colours of text and axes to whoever shows it, except for numbers on coloured cells', () => {
    const text = JSON.stringify(chart.spec)
    expect(text).not.toMatch(/"(?:labelColor|titleColor|gridColor|domainColor|tickColor)"/)
    expect(text).not.toContain('"config"')
  })
})

test('text reaches the pixels: the same chart with other words is another picture', async () => {
  const of = async (title: string): Promise<string> =>
    (await drawPng({ ...spec, encoding: { x: { field: 'a', type: 'quantitative', axis: { title } } }, width: 100, height: 50 }))
      .png
  expect(await of('spend')).toBe(await of('spend'))
  expect(await of('spend')).not.toBe(await of('speed'))
})

test('no words and too much data are named errors', () => {
  expect(() => new Chart({ title: '', caption: '', alt: 'x', spec: {} })).toThrow(/title and an alternative text/)
  expect(() => new Chart({ title: 't', caption: '', alt: '', spec: {} })).toThrow(/title and an alternative text/)
  expect(
    () =>
      new Chart({
        title: 't',
        caption: '',
        alt: 'x',
        spec: { data: { values: Array.from({ length: 50_000 }, (_, i) => ({ i })) } },
      }),
  ).toThrow(/aggregate or sample/)
})

test('words with a dollar sign stay as they are', async () => {
  const chart = new Chart({ title: 'It cost $1 & more', caption: '', alt: 'the largest is $1,234', spec })
  expect(await chart.svg()).toContain('>It cost $1 &amp; more</title>')
  expect(await chart.svg()).toContain('>the largest is $1,234</desc>')
})
