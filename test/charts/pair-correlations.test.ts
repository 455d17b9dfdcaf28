import { expect, test } from 'vitest'
import { pairCorrelations } from '../../lib/charts/index.ts'
import { rowsOf } from './read-spec.ts'

test('names the makers in the order of how well they keep what hangs together', () => {
  const chart = pairCorrelations({
    real: [0.5, -0.5],
    makers: [
      { name: 'GAN', correlations: [0, 0] },
      { name: 'VAE', correlations: [0.4, -0.4] },
    ],
  })
  expect(chart.title).toBe('Correlations of made customers are off on average: VAE by 0.100, GAN by 0.500')
  expect(rowsOf(chart, 'circle')).toEqual([
    { name: 'GAN', real: 0.5, made: 0 },
    { name: 'GAN', real: -0.5, made: 0 },
    { name: 'VAE', real: 0.5, made: 0.4 },
    { name: 'VAE', real: -0.5, made: -0.4 },
  ])
})

test('where luck alone would put marks is shaded: for 103 customers, artanh of a correlation may be off by 0.285', () => {
  const chart = pairCorrelations({ real: [0.5], makers: [{ name: 'VAE', correlations: [0.4] }], customers: 103 })
  const band = rowsOf(chart, 'area')
  expect(band.find(row => row['real'] === 0)).toEqual({ real: 0, low: -0.2779, high: 0.2779 })
  expect([band[0], band.at(-1)]).toEqual([
    { real: -1, low: -1, high: -1 },
    { real: 1, low: 1, high: 1 },
  ])
  // √(2/π) (1 - .25) √(2.12 / 100)
  expect(chart.title).toBe(
    'Correlations of made customers are off on average: VAE by 0.100, where chance alone would leave 0.087',
  )
  expect(chart.caption).toContain('both were 103 customers drawn from the same people')
})

test('makers are named beside a mark of their own, on the side where they err, and in a legend only where they are many', () => {
  const makers = [
    { name: 'GAN', correlations: [0.2, -0.6] },
    { name: 'VAE', correlations: [0.6, -0.1] },
  ]
  const chart = pairCorrelations({ real: [0.5, -0.4], makers })
  expect(rowsOf(chart, 'rule')).toMatchObject([
    { name: 'VAE', real: -0.4, made: -0.1 },
    { name: 'GAN', real: 0.5, made: 0.2 },
  ])
  const [high, low] = rowsOf(chart, 'text') as readonly { readonly atX: number; readonly atY: number }[]
  expect((high?.atY ?? 0) - (high?.atX ?? 0)).toBeGreaterThan(0.3)
  expect((low?.atY ?? 0) - (low?.atX ?? 0)).toBeLessThan(-0.3)
  expect(JSON.stringify(chart.spec)).not.toContain('"orient":"top"')
  const many = pairCorrelations({ real: [0.5, -0.4], makers: [...makers, { name: 'TVAE', correlations: [0, 0] }] })
  expect(JSON.stringify(many.spec)).toContain('"orient":"top"')
})

test('a name that no room is left for goes into a legend', () => {
  const real = Array.from({ length: 4000 }, (_, i) => ((i % 63) - 31) / 32)
  const made = Array.from({ length: 4000 }, (_, i) => (Math.floor(i / 63) - 31) / 32)
  const chart = pairCorrelations({ real, makers: [{ name: 'A', correlations: made }] })
  expect(rowsOf(chart, 'text')).toEqual([])
  expect(JSON.stringify(chart.spec)).toContain('"orient":"top"')
})

test('nothing to draw, unequal lengths, and no numbers are named errors', () => {
  expect(() => pairCorrelations({ real: [1], makers: [] })).toThrow(/nothing to draw in pairCorrelations/)
  expect(() => pairCorrelations({ real: [1], makers: [{ name: 'a', correlations: [1, 2] }] })).toThrow(/1 and 2 values/)
  expect(() => pairCorrelations({ real: [1], makers: [{ name: 'a', correlations: [NaN] }] })).toThrow(/given NaN/)
})
