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
  expect(chart.caption).toContain('both were 103 customers drawn from the same people')
})

test('nothing to draw, unequal lengths, and no numbers are named errors', () => {
  expect(() => pairCorrelations({ real: [1], makers: [] })).toThrow(/nothing to draw in pairCorrelations/)
  expect(() => pairCorrelations({ real: [1], makers: [{ name: 'a', correlations: [1, 2] }] })).toThrow(/1 and 2 values/)
  expect(() => pairCorrelations({ real: [1], makers: [{ name: 'a', correlations: [NaN] }] })).toThrow(/given NaN/)
})
