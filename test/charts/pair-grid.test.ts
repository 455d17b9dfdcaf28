import { describe, expect, test } from 'vitest'
import { predictedActual, truthScatter } from '../../lib/charts/index.ts'
import { rowsOf } from './read-spec.ts'

describe('predictedActual', () => {
  test('counts those with both values, and says who is left out', () => {
    const chart = predictedActual({ model: 'A', predicted: [10, 10, 100, 5], actual: [12, 11, 10, 0], currency: 'EUR' })
    expect(chart.title).toBe('67% (21–94%) of those who spend lie within a factor of two of what A said')
    expect(chart.caption).toContain('Not drawn: 1 of 4 customers (25%), who have none')
    expect(rowsOf(chart, 'circle').map(cell => cell['customers'])).toEqual([2, 1])
  })

  test('a million customers draw as a few hundred circles', () => {
    const predicted = Float64Array.from({ length: 100_000 }, (_, i) => 1 + ((i * 7919) % 9973))
    const actual = Float64Array.from({ length: 100_000 }, (_, i) => 1 + ((i * 104_729) % 9973))
    const circles = rowsOf(predictedActual({ model: 'A', predicted, actual, currency: '' }), 'circle')
    expect(circles.length).toBeLessThan(500)
    expect(circles.reduce((sum, each) => sum + Number(each['customers']), 0)).toBe(100_000)
  })

  test('columns of ten customers or more have their median, with its interval by order statistics', () => {
    const predicted = [...Array.from({ length: 30 }, () => 10), 1000]
    const actual = [...Array.from({ length: 30 }, (_, i) => i + 1), 7]
    const chart = predictedActual({ model: 'A', predicted, actual, currency: '' })
    // of 30, the 9th and the 22nd (David and Nagaraja 2003, section 7.1: 15 ± 0.98 √30, outwards)
    // across, a cross is half as wide as a cell, of which there are five to a power of ten
    const cross = { predicted: 12.59, left: 11.22, right: 14.13, held: 15.5, low: 9, high: 22 }
    expect(rowsOf(chart, 'rule')).toEqual([cross, cross])
    expect(chart.caption).toContain('median of each column of 10 customers or more, with its 95% interval')
  })

  test('unequal columns and nobody with both values are named errors', () => {
    expect(() => predictedActual({ model: 'A', predicted: [1], actual: [1, 2], currency: '' })).toThrow(/1 and 2 values/)
    expect(() => predictedActual({ model: 'A', predicted: [1, 2], actual: [0, 0], currency: '' })).toThrow(
      /pairs of positive values/,
    )
  })
})

describe('truthScatter', () => {
  test('sets the sum beside the share within a factor of two', () => {
    const chart = truthScatter({ model: 'A', predicted: [10, 10, 100, 0], truth: [12, 11, 10, 7], currency: 'EUR' })
    expect(chart.title).toBe(
      'A comes within a factor of two of the truth for 67% (21–94%) of customers, and predicts 300% (0–758%) of the true total',
    )
    expect(chart.caption).toContain('Not drawn: 1 of 4 customers, of whom')
    expect(chart.caption).toContain('which no model sees')
  })
})
