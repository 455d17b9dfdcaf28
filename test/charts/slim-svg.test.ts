import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, test } from 'vitest'
import * as vega from 'vega'
import { compileSpec, drawSvg } from '../../lib/charts/draw.ts'
import { slimSvg } from '../../lib/charts/slim-svg.ts'
import { sample } from './sample.ts'

const { resolve } = createRequire(import.meta.url)
const fontFiles = ['400Regular/Inter_400Regular.ttf'].map(file => resolve(`@expo-google-fonts/inter/${file}`))

function pixels(svg: string): Buffer {
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' }
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, background: '#fff', font }).render().pixels
}

/** Share of colour values that differ by more than the softness of an edge. */
function apart(one: string, two: string): number {
  const [a, b] = [pixels(one), pixels(two)]
  expect(a.length).toBe(b.length)
  return a.reduce((count, each, i) => count + Number(Math.abs(each - (b[i] as number)) > 64), 0) / a.length
}

describe.each(Object.entries(sample))('%s', (_, chart) => {
  test('looks as vega drew it, at less than half the length', async () => {
    const full = await new vega.View(vega.parse(compileSpec(chart.spec, 'picture') as never), { renderer: 'none' }).toSVG()
    const slim = slimSvg(full)
    expect(slim.length).toBeLessThan(full.length / 2)
    expect(apart(full, slim)).toBeLessThan(2e-4)
  })
})

test('the measure of looks finds a colour, a label and a mark that are gone', async () => {
  const { spec, title, alt } = sample['segmentBars'] as NonNullable<(typeof sample)[string]>
  const svg = await drawSvg(spec, 'page', { title, alt })
  const planted = [
    svg.replace(/fill="#3b82c4"/, ''),
    svg.replace(/<text[^>]*>Champions<\/text>/, ''),
    svg.replace(/<path [^>]*d="[^"]*"[^>]*>/g, ''),
  ]
  for (const each of planted) {
    expect(each).not.toBe(svg)
    expect(apart(svg, each)).toBeGreaterThan(2e-4)
  }
})

test('places what was moved or turned, and keeps text as it is written', () => {
  const slim = (content: string): string => slimSvg(`<svg role="img">${content}</svg>`)
  expect(
    slim(
      '<g class="mark-text role-mark layer_0" role="x" aria-label="y"><text transform="translate(1.234567,2)" fill="rgb(1, 2, 3)" opacity="1">a &amp; b</text></g><g></g>',
    ),
  ).toBe('<svg role="img" fill="none"><text fill="#010203" x="1.2" y="2">a &amp; b</text></svg>')
  expect(slim('<path transform="translate(5,6)" d="M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0" fill="red" opacity="0.5"/>')).toBe(
    '<svg role="img" fill="none"><circle fill="red" fill-opacity="0.5" cx="5" cy="6" r="2"/></svg>',
  )
  expect(slim('<g transform="translate(10,20)"><text transform="translate(1,2) rotate(-90) translate(0,-2)">a</text></g>')).toBe(
    '<svg role="img" fill="none"><text transform="rotate(-90)" x="-22" y="9">a</text></svg>',
  )
})
