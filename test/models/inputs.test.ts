import { describe, expect, test } from 'vitest'
import { FitError, LeakageError, SchemaError } from '../../lib/errors/index.ts'
import { fitInputs, inputs, isLayout, type InputColumn } from '../../lib/models/inputs.ts'
import { customers, happened } from './tiny-task.ts'

const table = customers([
  { customer_id: 'a', history: 100, spend: 3, spend_90: 1, mean_gap: 4, spend_180: 3 },
  { customer_id: 'b', history: 100, spend: -1, spend_90: 2, mean_gap: NaN, spend_180: -1 },
  { customer_id: 'c', history: 100, spend: 10, spend_90: 6, mean_gap: 10, spend_180: 10 },
  { customer_id: 'd', history: 100, spend: 900, spend_90: 7, mean_gap: 7, spend_180: 900 },
])
const rows = [0, 1, 2]
const named = (layout: readonly InputColumn[], name: string): InputColumn | undefined => layout.find(each => each.name === name)

describe('fitInputs', () => {
  test('learns mean and standard deviation (divisor n) of the rows listed alone', () => {
    const { mean, sd } = named(fitInputs(table, rows, { log: false }), 'spend') as InputColumn
    expect(mean).toBeCloseTo(4, 14)
    expect(sd).toBeCloseTo(Math.sqrt((1 + 25 + 36) / 3), 14)
  })

  test('a missing value stands at the mean of those that are there, and makes the spread smaller', () => {
    const layout = fitInputs(table, rows, { log: false })
    expect(named(layout, 'mean_gap')).toMatchObject({ fill: 7, mean: 7 })
    expect(named(layout, 'mean_gap')?.sd).toBeCloseTo(Math.sqrt(18 / 3), 14)
  })

  test('leaves out what does not differ, what is no description of a customer, and windows longer than the history', () => {
    expect(
      fitInputs(table, rows, { log: true })
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['mean_gap', 'spend', 'spend_90'])
  })

  test('refuses a table whose columns are all alike', () => {
    const alike = customers([
      { customer_id: 'a', spend: 2 },
      { customer_id: 'b', spend: 2 },
    ])
    expect(() => fitInputs(alike, [0, 1], { log: false })).toThrow(FitError)
  })
})

describe('inputs', () => {
  test('are (sign(v) log(1 + |v|) - mean) / sd, row by row, also for rows that did not fit', () => {
    const layout = fitInputs(table, rows, { log: true })
    const { data, columns } = inputs(table, layout)
    const c = layout.findIndex(({ name }) => name === 'spend')
    const { mean, sd } = layout[c] as InputColumn
    const logs = [Math.log(4), -Math.log(2), Math.log(11), Math.log(901)]
    logs.forEach((each, r) => expect(data[r * columns + c]).toBeCloseTo((each - mean) / sd, 12))
  })

  test('a missing value is 0: the mean', () => {
    const layout = fitInputs(table, rows, { log: false })
    const { data, columns } = inputs(table, layout)
    expect(data[columns + layout.findIndex(({ name }) => name === 'mean_gap')]).toBe(0)
  })

  test('the layout survives JSON bit for bit', () => {
    const layout = fitInputs(table, rows, { log: true })
    const again: unknown = JSON.parse(JSON.stringify(layout))
    expect(isLayout(again)).toBe(true)
    expect(inputs(table, again as readonly InputColumn[])).toEqual(inputs(table, layout))
    expect(isLayout([{ name: 'spend', log: true, fill: 0, mean: 0, sd: 0 }])).toBe(false)
    expect(isLayout([null])).toBe(false)
  })

  test('a column that is gone, and outcomes, are refused by name', () => {
    const layout = [{ name: 'gone', log: false, fill: 0, mean: 0, sd: 1 }]
    expect(() => inputs(table, layout)).toThrow(SchemaError)
    expect(() => inputs(happened(['a'], [1]) as never, [{ ...layout[0], name: 'future_value' } as InputColumn])).toThrow(
      LeakageError,
    )
  })
})
