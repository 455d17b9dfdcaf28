import { describe, expect, test } from 'vitest'
import { frequencyRecency, rfmHeatmap } from '../../lib/charts/index.ts'
import { layersOf, markOf, rowsOf } from './read-spec.ts'

const colour = (chart: Parameters<typeof layersOf>[0]) =>
  layersOf(chart).find(layer => markOf(layer) === 'rect')?.encoding['color']?.scale

describe('rfmHeatmap', () => {
  const chart = rfmHeatmap({ recency: [1, 5, 5, 5], frequency: [1, 4, 5, 5], spend: [10, 200, 300, 500], currency: 'USD' })

  test('says what recent and frequent customers brought', () => {
    expect(chart.title).toBe('Recent and frequent customers, 75% of all, brought 99% of past spend')
    expect(chart.alt).toContain('mean spend reaches $400 at recency 5 and frequency 5')
    expect(rowsOf(chart, 'rect')).toEqual([
      { recency: 1, frequency: 1, customers: 1, mean: 10, words: '10\n1' },
      { recency: 5, frequency: 4, customers: 1, mean: 200, words: '200\n1' },
      // the standard error of 300 and 500 is 100
      { recency: 5, frequency: 5, customers: 2, mean: 400, words: '400 ± 196\n2' },
    ])
  })

  test('money that spans a decade is coloured by its logarithm', () => {
    expect(colour(chart)).toMatchObject({ type: 'log', domain: [10, 400] })
    expect(colour(rfmHeatmap({ recency: [1, 5], frequency: [1, 5], spend: [0, 300], currency: '' }))).toMatchObject({
      type: 'linear',
      domain: [0, 300],
    })
  })

  test('scores beyond 1 to 5 are refused, with the customer', () => {
    expect(() => rfmHeatmap({ recency: [1, 6], frequency: [1, 1], spend: [1, 1], currency: '' })).toThrow(
      /scores 6 and 1.*customer 2|customer 2/s,
    )
  })
})

describe('frequencyRecency', () => {
  const cells = [
    { frequency: 0, recency: 0, value: 1 },
    { frequency: 4, recency: 0, value: 0.0123 },
    { frequency: 4, recency: 20, value: 0.9 },
  ]

  test('says the least and the most, and where', () => {
    const chart = frequencyRecency({ cells, what: 'probability of being alive', unit: 'weeks' })
    expect(chart.title).toBe(
      'Probability of being alive: from 0.012 at 4 purchases, last at 0 weeks, to 1 at 0 purchases, last at 0 weeks',
    )
    expect(colour(chart)).toMatchObject({ type: 'linear', domain: [0.0123, 1] })
  })

  test('a model that tells nobody apart is said so, and colours can span a scale of their own', () => {
    const chart = frequencyRecency({
      cells: cells.map(cell => ({ ...cell, value: 1 - cell.frequency / 1e6 })),
      what: 'probability of being alive',
      domain: [0, 1],
    })
    expect(chart.title).toBe('Probability of being alive: 1 for all, whatever their past')
    expect(colour(chart)).toMatchObject({ domain: [0, 1] })
  })

  test('axes hold the values given, in order, whatever the order of the cells', () => {
    const { encoding } = frequencyRecency({ cells: cells.toReversed(), what: 'x' }).spec as {
      readonly encoding: Record<string, { scale: { domain: unknown } }>
    }
    expect([encoding['x']?.scale.domain, encoding['y']?.scale.domain]).toEqual([
      [0, 4],
      [0, 20],
    ])
  })

  test('no cells are nothing to draw', () => expect(() => frequencyRecency({ cells: [], what: 'x' })).toThrow(/nothing to draw/))
})
