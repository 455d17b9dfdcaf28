import { describe, expect, test } from 'vitest'
import { toBundle } from '../../../lib/kernel/display/bundle.ts'
import { bgNbdFirst, nn, Table } from '../../../lib/index.ts'
import type { MimeBundle } from '../../../lib/schema/index.ts'

class Database {
  readonly instance = 'native'
}
class Observed {
  readonly when = 'observed'
}
const shown = (value: unknown): MimeBundle['data'] => (toBundle(value) as MimeBundle).data

describe('rows', () => {
  test('are a table with typed columns and counted missing values', () => {
    const data = shown([
      { id: 'a', n: 1, big: 5n, day: new Date('2020-01-02'), nested: { x: [1] } },
      { id: 'b', n: null, big: 2n ** 60n, day: new Date(NaN) },
    ])
    expect(data['text/plain']).toBe(
      [
        'id  n  big                   day         nested',
        '──  ─  ────────────────────  ──────────  ────────────',
        'a   1  5n                    2020-01-02  { x: [ 1 ] }',
        'b   –  1152921504606846976n  –           –',
        '2 rows × 5 columns',
      ].join('\n'),
    )
    expect(data['text/html']).toContain('n<small>number, 1 missing</small>')
    expect(data['text/html']).toContain('day<small>date, 1 missing</small>')
  })

  test('tell texts from numbers in a column of both', () => {
    expect(
      String(shown([{ a: 1 }, { a: '1' }])['text/plain'])
        .split('\n')
        .slice(2, 4),
    ).toEqual(['1', "'1'"])
  })

  test('that are many have pages', () => {
    expect(String(shown(Array.from({ length: 45 }, (_, i) => ({ i })))['text/html']).match(/<tbody/g)).toHaveLength(3)
  })
})

describe('what is made of tables', () => {
  test('a task shows its parts, each with its size', () => {
    const customers = Table.of({ customer_id: ['a', 'b'], T: Float64Array.of(1, 2) })
    const data = shown({ customers, training: { features: customers, horizon: 30 }, horizon: 180, log: new Database() })
    expect(data['text/plain']).toBe(
      [
        'customers: 2 rows × 2 columns: customer_id, T',
        'training.features: 2 rows × 2 columns: customer_id, T',
        'training.horizon: 30',
        'horizon: 180',
        'log: Database',
      ].join('\n'),
    )
    expect(data['text/html']).toContain('training.features')
  })

  test('a window of events shows what it spans, and nothing of its database', () => {
    const window = { observeFrom: '2023-01-01', cutoff: '2024-01-01' }
    const observed = Object.assign(new Observed(), {
      when: 'observed',
      window,
      has: new Set(['a', 'b']),
      database: new Database(),
    })
    expect(shown(observed)['text/plain']).toBe(
      "when: observed\nwindow: { observeFrom: '2023-01-01', cutoff: '2024-01-01' }\nhas: a, b\ndatabase: Database",
    )
  })

  test('an object of plain values is text', () => {
    expect(Object.keys(shown({ a: 1, b: { c: [1] } }))).toEqual(['text/plain'])
  })

  test('a network shows its layers and weights', async () => {
    const { dense, meanSquaredError, network } = nn
    const { data } = await toBundle(network({ columns: 3, layers: [dense(8), dense(1)], loss: meanSquaredError }))
    expect(String(data['text/plain'])).toMatch(
      /^Network of 3 columns to 1: 2 layers, 41 weights\nlayer +weights\n.*\ndense +32\ndense +9\n/,
    )
    expect(data['text/html']).toContain('41 weights')
  })
})

describe('models', () => {
  test('that are listed show their names, titles and families', () => {
    const [head] = String(shown([bgNbdFirst])['text/plain']).split('\n')
    expect(head).toMatch(/^name +title +family/)
  })

  test('that are fitted show their parameters, standard errors beside them', () => {
    const fitted = { model: 'bg-nbd', parameters: { r: 0.2425, 'se r': 0.0125, note: 'converged' }, predict: () => undefined }
    const data = shown(fitted)
    expect(data['text/plain']).toBe(
      [
        'bg-nbd, fitted',
        'parameter  value      standard error',
        '─────────  ─────────  ──────────────',
        'r          0.2425            0.01250',
        'note       converged               –',
        '2 rows × 3 columns',
      ].join('\n'),
    )
    expect(data['text/html']).toContain('<b>bg-nbd</b>, fitted')
  })

  test('that are not say so', () => {
    expect(shown(bgNbdFirst)['text/plain']).toBe(
      `${bgNbdFirst.title} (${bgNbdFirst.name}; classic), not fitted: \`await model.fit(task, { seed })\``,
    )
  })
})
