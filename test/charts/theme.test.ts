import { describe, expect, test } from 'vitest'
import { COLOURS, SCALE, SERIES } from '../../lib/charts/theme.ts'
import { STYLE } from '../../lib/report/style.ts'
import { apart, contrast, VISIONS } from './colour-vision.ts'
import { layersOf, markOf } from './read-spec.ts'
import { sample } from './sample.ts'

const pages = [
  ...new Set(
    [...STYLE.matchAll(/--page:(#[0-9a-f]+)/g)].map(([, colour]) => (colour === '#fff' ? '#ffffff' : (colour as string))),
  ),
]
const pairs = SERIES.flatMap((one, i) => SERIES.slice(i + 1).map(two => [one, two] as const))

test('the simulation agrees with what is known: red and green are one for most who are colour-blind, blue and yellow are not', () => {
  expect(apart('#b22222', '#556b2f', VISIONS['deuteranopia'] as number[])).toBeLessThan(
    apart('#b22222', '#556b2f', VISIONS['normal'] as number[]) / 3,
  )
  expect(apart('#0000ff', '#ffff00', VISIONS['deuteranopia'] as number[])).toBeGreaterThan(100)
  expect(apart('#808080', '#808080', VISIONS['tritanopia'] as number[])).toBe(0)
})

describe.each(Object.entries(VISIONS))('with %s vision', (_, vision) => {
  test('any two colours of a chart are ten times as far apart as the eye needs', () => {
    for (const [one, two] of pairs) expect(apart(one, two, vision), `${one} and ${two}`).toBeGreaterThan(20)
  })

  test('the scale runs from little to much in one direction', () => {
    const [little, much] = SCALE.range
    expect(apart(little, much, vision)).toBeGreaterThan(50)
  })
})

test('every colour stands out from a white and from a dark page', () => {
  expect(pages).toHaveLength(2)
  for (const colour of Object.values(COLOURS))
    for (const page of pages) expect(contrast(colour, page), `${colour} on ${page}`).toBeGreaterThanOrEqual(3)
})

test('numbers on a heat map can be read at both ends of the scale', () => {
  expect(contrast(SCALE.onLight, SCALE.range[0])).toBeGreaterThan(7)
  expect(contrast(SCALE.onDark, SCALE.range[1])).toBeGreaterThan(7)
})

test.each(Object.entries(sample))('%s draws no line and no dot paler than its colour', (_, chart) => {
  for (const layer of layersOf(chart)) {
    if (!['rule', 'line', 'point', 'circle'].includes(markOf(layer)) || typeof layer.mark === 'string') continue
    for (const name of ['opacity', 'strokeOpacity', 'fillOpacity'])
      expect(layer.mark[name] ?? 1, `${markOf(layer)}, ${name}`).toBe(1)
  }
})
