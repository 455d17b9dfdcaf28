import { describe, expect, test } from 'vitest'
import { latentMap, lossCurves, madeBesideReal } from '../../lib/charts/index.ts'
import { layersOf, rowsOf } from './read-spec.ts'

describe('lossCurves', () => {
  test('draws each loss by its name, and says in words where it went', () => {
    const chart = lossCurves({
      title: 'Both stay',
      what: 'loss',
      series: [
        { name: 'generator', loss: [1, 0.5] },
        { name: 'discriminator', loss: [2, 3] },
      ],
    })
    expect(rowsOf(chart, 'line')).toEqual([
      { epoch: 1, loss: 1, of: 'generator' },
      { epoch: 2, loss: 0.5, of: 'generator' },
      { epoch: 1, loss: 2, of: 'discriminator' },
      { epoch: 2, loss: 3, of: 'discriminator' },
    ])
    expect(chart.alt).toBe('2 lines over 2 epochs: generator from 1.00 to 0.50; discriminator from 2.00 to 3.00')
  })

  test('levels are drawn and said, and an axis for losses that run away takes both signs', () => {
    const chart = lossCurves({
      title: 't',
      what: 'loss',
      series: [{ name: 'a', loss: [10, -1e6] }],
      levels: [{ name: 'guessing', at: 1.386 }],
      wide: true,
    })
    expect(rowsOf(chart, 'rule')).toEqual([{ name: 'guessing', at: 1.386 }])
    expect(chart.caption).toContain('Dashed: guessing, 1.39.')
    expect(layersOf(chart).at(-1)?.encoding['y']?.scale).toMatchObject({ type: 'symlog' })
    expect(layersOf(chart).at(-1)?.encoding['y']?.axis).toMatchObject({ values: [-1e6, -1e4, -100, 0] })
  })

  test('an epoch that would leave the rest flat is said, not drawn', () => {
    const chart = lossCurves({ title: 't', what: 'loss', series: [{ name: 'a', loss: [100, 3, 2] }], from: 2 })
    expect(rowsOf(chart, 'line').map(row => row['epoch'])).toEqual([2, 3])
    expect(chart.caption).toContain('Not drawn: a in epoch 1, 100.0.')
  })

  test('other seeds are drawn thin behind, and the caption says how far apart all runs lie', () => {
    const run = (...loss: readonly number[]) => [{ name: 'a', loss }]
    const chart = lossCurves({ title: 't', what: 'loss', series: run(9, 4, 2), runs: [run(8, 5), run(9, 3)] })
    expect(rowsOf(chart, 'line').filter(row => row['run'] === 3)).toEqual([
      { epoch: 1, loss: 9, of: 'a', run: 3 },
      { epoch: 2, loss: 3, of: 'a', run: 3 },
    ])
    expect(chart.caption).toContain(
      'Thin: 2 other seeds, trained for 2 epochs; after 2 epochs the 3 runs lie apart: a from 3.00 to 5.00.',
    )
    expect(
      lossCurves({ title: 't', what: 'loss', series: run(1, -12_345), runs: [run(1, -15_678)], wide: true }).caption,
    ).toContain('Thin: 1 other seed; after 2 epochs the 2 runs lie apart: a from −15,700 to −12,300.')
    // an axis that one of two layers with the same axis switches off is off
    expect(layersOf(chart).map(layer => layer.encoding['y']?.axis === null)).toEqual([false, false])
    expect(() => lossCurves({ title: 't', what: 'loss', series: run(1), runs: [run(NaN)] })).toThrow(
      /another run of a\) was given NaN/,
    )
  })

  test('a loss that ran away to no number is a named error', () => {
    expect(() => lossCurves({ title: 't', what: 'loss', series: [{ name: 'a', loss: [1, NaN] }] })).toThrow(
      /lossCurves was given NaN/,
    )
  })
})

describe('madeBesideReal', () => {
  test('says which column is off most, and counts those that are', () => {
    const chart = madeBesideReal({
      maker: 'VAE',
      columns: [
        { name: 'spend', quartiles: [0.3, 0.52, 0.8] },
        { name: 'T', quartiles: [0.5, 0.75, 0.9] },
      ],
    })
    expect(chart.title).toBe(
      '1 of 2 columns of customers from the VAE is off by more than 10%, most of all T: its first quartile lies at 50% of the real ones',
    )
    expect(rowsOf(chart, 'point').filter(row => row['of'] === 'median')).toEqual([
      { name: 'spend', share: 0.52, of: 'median' },
      { name: 'T', share: 0.75, of: 'median' },
    ])
  })

  test('where luck alone would put quartiles is shaded', () => {
    const columns = [{ name: 'spend', quartiles: [0.3, 0.52, 0.8] }] as const
    const chart = madeBesideReal({ maker: 'VAE', columns, customers: { real: 200, made: 200 } })
    // 1.96 times the root of 1/4 (1/200 + 1/200)
    expect(rowsOf(chart, 'rect')[1]).toEqual({ low: 0.402, high: 0.598 })
    expect(rowsOf(madeBesideReal({ maker: 'VAE', columns }), 'rect')).toEqual([])
    expect(chart.title).toMatch(/^The quartiles of all 1 columns .* as near to those of the real ones as chance allows$/)
    const off = [{ name: 'spend', quartiles: [0.3, 0.61, 0.8] }] as const
    expect(madeBesideReal({ maker: 'VAE', columns: off, customers: { real: 200, made: 200 } }).title).toBe(
      '1 of 1 columns of customers from the VAE is off by more than chance, most of all spend: its median lies at 61% of the real ones',
    )
  })

  test('says so where none is', () => {
    expect(madeBesideReal({ maker: 'GAN', columns: [{ name: 'spend', quartiles: [0.3, 0.52, 0.8] }] }).title).toMatch(
      /^The quartiles of all 1 columns .* within 10% of customers of those of the real ones$/,
    )
  })

  test('nothing to draw, and no numbers, are named errors', () => {
    expect(() => madeBesideReal({ maker: 'GAN', columns: [] })).toThrow(/nothing to draw in madeBesideReal/)
    expect(() => madeBesideReal({ maker: 'GAN', columns: [{ name: 'a', quartiles: [0, NaN, 1] }] })).toThrow(/given NaN/)
  })
})

describe('latentMap', () => {
  test('claims that it tells customers apart only where it does', () => {
    const parts = { x: [0, 1], y: [1, 0], returned: [true, false] }
    expect(latentMap({ ...parts, apart: 0.81 }).title).toContain('sets those who buy again apart: AUC 0.81')
    expect(latentMap({ ...parts, apart: 0.55 }).title).toContain('hardly tell who buys again: AUC 0.55')
    expect(latentMap({ ...parts, apart: 0.55, interval: { low: 0.5, high: 0.6 } }).title).toContain(
      'AUC 0.55 (95% interval 0.50–0.60)',
    )
    expect(rowsOf(latentMap({ ...parts, apart: 0.5 }), 'circle')).toEqual([
      { x: 0, y: 1, returns: 'buys again' },
      { x: 1, y: 0, returns: 'does not' },
    ])
  })

  test('the middle of each kind is a cross of its 95% interval, and bears its name above or below all dots', () => {
    const chart = latentMap({ x: [0, 2, 5], y: [3, 7, 1], returned: [true, true, false], apart: 0.5 })
    // of 0 and 2 the mean is 1 with a standard error of 1; of 3 and 7, 5 with 2
    expect(rowsOf(chart, 'rule')).toContainEqual({
      returns: 'buys again',
      x: 1,
      y: 5,
      left: -0.96,
      right: 2.96,
      below: 1.08,
      above: 8.92,
    })
    expect(rowsOf(chart, 'text')).toMatchObject([
      { returns: 'does not', edge: 0.64 },
      { returns: 'buys again', edge: 7.36 },
    ])
    expect(JSON.stringify(chart.spec)).not.toContain('"orient"')
    expect(rowsOf(latentMap({ x: [1], y: [1], returned: [true], apart: 0.5 }), 'text')).toHaveLength(1)
  })
})
