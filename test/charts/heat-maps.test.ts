import { describe, expect, test } from 'vitest'
import { frequencyRecency, rfmHeatmap } from '../../lib/charts/index.ts'
import { layersOf, markOf, rowsOf } from './read-spec.ts'

const colour = (chart: Parameters<typeof layersOf>[0]) =>
  layersOf(chart).find(layer => markOf(layer) === 'rect')?.encoding['color']?.scale

describe('rfmHeatmap', () => {
  const chart = rfmHeatmap({ recency: [1, 5, 5, 5], frequency: [1, 4, 5, 5], spend: [10, 200, 300, 500], currency: 'USD' })

  test('says what recent and frequent customers brought', () => {
    expect(chart.title).toBe('Recent and frequent customers, 75% (30–95%) of all, brought 99% (96–100%) of past spend')
    // numbers in the cells say what a legend would
    expect(JSON.stringify(chart.spec)).toContain('"legend":null')
    expect(chart.caption).toContain('mean past spend, in $, ± half its 95% interval')
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

  test('a level is a line in each column that reaches it, with its number beside the last, in place of a legend', () => {
    const chart = frequencyRecency({
      cells: [1, 2].flatMap(frequency =>
        [10, 20, 30].map(recency => ({ frequency, recency, value: recency / 10 / (frequency + 1) })),
      ),
      what: 'x',
      levels: [0.7],
    })
    // 0.5, 1, 1.5: the first and second cell's middles, at 1/6 and 3/6, are 2/5 apart; and 1/3, 2/3, 1: a tenth beyond the middle of the second
    const at = rowsOf(chart, 'rect').flatMap(row => ('level' in row ? [[row['frequency'], row['at']]] : []))
    expect(at).toEqual([
      [1, 0.3],
      [2, 0.5333],
    ])
    expect(rowsOf(chart, 'text').map(row => [row['frequency'], row['level']])).toEqual([[2, 0.7]])
    expect(JSON.stringify(chart.spec)).toContain('"legend":null')
    expect(chart.caption).toContain('Lines: where it is 0.7.')
  })

  test('a number whose line runs along the edge of the plot stands on its other side', () => {
    const sideOf = (values: readonly number[], level: number) => {
      const cells = values.map((value, i) => ({ frequency: 1, recency: i, value }))
      const text = layersOf(frequencyRecency({ cells, what: 'x', levels: [level], domain: [0, 1] })).find(
        layer => markOf(layer) === 'text',
      )
      return JSON.stringify(text?.encoding['y']).includes('+') ? 'beneath' : 'above'
    }
    const rising = Array.from({ length: 20 }, (_, i) => (i + 1) / 20)
    expect([sideOf(rising, 0.5), sideOf(rising, 0.06)]).toEqual(['above', 'beneath'])
    expect([sideOf(rising, 0.8), sideOf(rising, 0.99)]).toEqual(['beneath', 'above'])
  })

  test('draws say where a line could also lie, and how far any cell moves', () => {
    const cells = [10, 20].map(recency => ({ frequency: 1, recency, value: recency / 20 }))
    const draws = Array.from({ length: 41 }, (_, i) => [0.5 + (i - 20) / 100, 1])
    const chart = frequencyRecency({ cells, what: 'x', levels: [0.75], draws })
    // the middle 95% of 41 draws lie within 19 steps of a hundredth: 0.31 to 0.69 reach 0.75 at 44/69 and 6/31 of the way
    const [row] = rowsOf(chart, 'rect').filter(each => 'level' in each)
    expect(row).toEqual({ frequency: 1, level: 0.75, at: 0.5, low: 0.3468, high: 0.5688 })
    expect(chart.caption).toContain(
      '95% interval over 41 draws of the fitted parameters. These move the value of no cell by more than ±0.19.',
    )
    expect(rowsOf(frequencyRecency({ cells, what: 'x', levels: [2], draws }), 'text')).toEqual([])
    expect(() => frequencyRecency({ cells, what: 'x', levels: [0.75], draws: [[1]] })).toThrow(/2 and 1 values/)
  })

  test('no cells are nothing to draw', () => expect(() => frequencyRecency({ cells: [], what: 'x' })).toThrow(/nothing to draw/))
})
