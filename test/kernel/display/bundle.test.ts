import { describe, expect, test } from 'vitest'
import { toBundle } from '../../../lib/kernel/display/bundle.ts'
import { bgNbdFirst } from '../../../lib/index.ts'
import type { MimeBundle } from '../../../lib/schema/index.ts'

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

  test('that are many have pages', () => {
    expect(String(shown(Array.from({ length: 45 }, (_, i) => ({ i })))['text/html']).match(/<tbody/g)).toHaveLength(3)
  })
})

describe('models', () => {
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
