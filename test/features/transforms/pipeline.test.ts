import * as fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { FitError, FormatError, LeakageError, SchemaError, UsageError } from '../../../lib/errors/index.ts'
import {
  clip,
  cross,
  FittedPipeline,
  frequencyEncode,
  impute,
  log1p,
  oneHot,
  pipeline,
  quantileBins,
  robustScale,
  standardise,
  toMatrix,
  type Steps,
} from '../../../lib/features/index.ts'
import { DISPLAY, Table } from '../../../lib/schema/index.ts'

type People = { readonly customer_id: string; readonly spend: number; readonly recency: number; readonly country: string | null }

const people = Table.fromColumns<People>({
  customer_id: ['a', 'b', 'c', 'd', 'e'],
  spend: Float64Array.of(0, 10, 20, 30, 1000),
  recency: Float64Array.of(1, NaN, 3, 5, 7),
  country: ['DE', 'FR', 'DE', null, 'IT'],
})
const numbers = (...values: number[]) => Table.fromColumns<{ readonly x: number }>({ x: Float64Array.from(values) })

test('standardise: mean 0 and standard deviation 1 of what is there, missing stays missing', () => {
  const out = pipeline(standardise('recency')).fit(people).transform(people)
  const root5 = Math.sqrt(5)
  expect([...out.column('recency')].map(x => x * root5)).toEqual([
    expect.closeTo(-3, 12),
    NaN,
    expect.closeTo(-1, 12),
    expect.closeTo(1, 12),
    expect.closeTo(3, 12),
  ])
})

test('a column without spread is standardised to exactly 0 and comes back exactly', () => {
  const flat = numbers(0.1, 0.1, 0.1)
  const fitted = pipeline(standardise('x')).fit(flat)
  expect([...fitted.transform(flat).column('x')]).toEqual([0, 0, 0])
  expect([...fitted.inverse(fitted.transform(flat)).column('x')]).toEqual([0.1, 0.1, 0.1])
})

test('robustScale: by median and quartiles (type 7), which an outlier does not move', () => {
  const out = pipeline(robustScale('spend')).fit(people).transform(people)
  expect([...out.column('spend')]).toEqual([-1, -0.5, 0, 0.5, 49])
})

test('log1p keeps signs and is undone', () => {
  const table = numbers(-3, 0, Math.E - 1)
  const fitted = pipeline(log1p('x')).fit(table)
  expect([...fitted.transform(table).column('x')]).toEqual([expect.closeTo(-1.3862943611198906, 14), 0, expect.closeTo(1, 14)])
})

test('clip holds new values to the fitted quantiles', () => {
  const fitted = pipeline(clip('x', { lower: 0.25, upper: 0.75 })).fit(numbers(0, 1, 2, 3, 4))
  expect([...fitted.transform(numbers(-9, 2, 9, NaN)).column('x')]).toEqual([1, 2, 3, NaN])
})

test('impute fills with the fitted median, the mean or a number', () => {
  expect([...pipeline(impute('recency')).fit(people).transform(people).column('recency')]).toEqual([1, 4, 3, 5, 7])
  expect([...pipeline(impute('recency', 'mean')).fit(people).transform(people).column('recency')]).toEqual([1, 4, 3, 5, 7])
  expect([...pipeline(impute('recency', 0)).fit(people).transform(people).column('recency')]).toEqual([1, 0, 3, 5, 7])
})

test('quantileBins: equal values share a bin, coinciding edges merge, the inverse is the median of the bin', () => {
  const table = numbers(0, 0, 0, 0, 1, 2, NaN)
  const fitted = pipeline(quantileBins('x', { bins: 4 })).fit(table)
  const out = fitted.transform(table)
  expect(out.names).toEqual(['x_bin'])
  expect([...out.column('x_bin')]).toEqual([0, 0, 0, 0, 1, 1, NaN])
  expect([...fitted.transform(numbers(-5, 99)).column('x_bin')]).toEqual([0, 1])
  expect([...fitted.inverse(out).column('x')]).toEqual([0, 0, 0, 0, 1.5, 1.5, NaN])
})

test('quantileBins keeps the order of values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 2, max: 10 }),
      (values, bins) => {
        const out = pipeline(quantileBins('x', { bins }))
          .fit(numbers(...values))
          .transform(numbers(...values))
          .column('x_bin')
        const swapped = values.flatMap((a, i) => values.filter((b, j) => a <= b && (out[i] as number) > (out[j] as number)))
        expect(swapped).toEqual([])
        expect(out.every(bin => Number.isInteger(bin) && bin >= 0 && bin < bins)).toBe(true)
      },
    ),
    { seed: 3, numRuns: 50 },
  )
})

test('oneHot: learnt or named values, unseen ones in the other column, missing ones nowhere; and back', () => {
  const fitted = pipeline(oneHot('country', { values: ['DE', 'FR'] })).fit(people)
  const out = fitted.transform(people)
  expectTypeOf(out.column('country_FR')).toEqualTypeOf<Float64Array>()
  expect(out.names).toEqual(['customer_id', 'spend', 'recency', 'country_DE', 'country_FR', 'country_other'])
  expect(['DE', 'FR', 'other'].map(v => [...out.column(`country_${v as 'DE'}`)])).toEqual([
    [1, 0, 1, 0, 0],
    [0, 1, 0, 0, 0],
    [0, 0, 0, 0, 1],
  ])
  expect(fitted.inverse(out).column('country')).toEqual(['DE', 'FR', 'DE', null, '(other)'])
  expect(
    pipeline(oneHot('country', { max: 1 }))
      .fit(people)
      .transform(people)
      .names.slice(3),
  ).toEqual(['country_DE', 'country_other'])
})

test('frequencyEncode: shares of the fitted rows, unseen 0, missing missing', () => {
  const fitted = pipeline(frequencyEncode('country')).fit(people)
  const out = fitted.transform(people)
  expect([...out.column('country_frequency')]).toEqual([0.4, 0.2, 0.4, NaN, 0.2])
  expect(fitted.inverse(out).column('country')).toEqual(['DE', 'FR', 'DE', null, 'FR'])
  const unseen = Table.fromColumns<{ country: string }>({ country: ['XX'] })
  expect([...fitted.transform(unseen).column('country_frequency')]).toEqual([0])
})

test('cross joins two columns of categories, of bins too', () => {
  const fitted = pipeline(quantileBins('spend', { bins: 2 }), cross('country', 'spend_bin')).fit(people)
  const out = fitted.transform(people)
  expectTypeOf(out.column('country_x_spend_bin')).toEqualTypeOf<readonly (string | null)[]>()
  expect(out.column('country_x_spend_bin')).toEqual(['DE|0', 'FR|0', 'DE|1', null, 'IT|1'])
  expect(fitted.inverse(out).names).toEqual(people.names)
})

test('a pipeline and its inverse are one, on any numbers, through JSON and bit for bit', () => {
  const value = fc.oneof(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), fc.constant(NaN), fc.constant(-0))
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 30 }).filter(v => v.some(x => !Number.isNaN(x))),
      values => {
        const table = numbers(...values)
        const recipe = pipeline(log1p('x'), robustScale('x'), standardise('x'))
        const fitted = recipe.fit(table)
        const loaded = recipe.fromJSON(JSON.parse(JSON.stringify(fitted)))
        const out = fitted.transform(table)
        expect(loaded.transform(table).column('x')).toEqual(out.column('x'))
        const back = loaded.inverse(out).column('x')
        const size = Math.max(...values.map(v => (Number.isNaN(v) ? 0 : Math.abs(v))), 1)
        const strayed = values.filter(
          (value, i) => !(Number.isNaN(value) ? Number.isNaN(back[i]) : Math.abs((back[i] as number) - value) <= 1e-9 * size),
        )
        expect(strayed).toEqual([])
      },
    ),
    { seed: 4 },
  )
})

test('the layout does not depend on the order of rows', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 }), values => {
      const recipe = pipeline(standardise('x'))
      expect(recipe.fit(numbers(...values)).toJSON()).toEqual(recipe.fit(numbers(...[...values].reverse())).toJSON())
    }),
    { seed: 5 },
  )
})

test('anything but observed values is refused at run time when the compiler was bypassed', () => {
  const labelled = people.join(
    Table.fromColumns<{ customer_id: string; y: number }, 'outcome'>({ customer_id: ['a'], y: Float64Array.of(1) }, 'outcome'),
    'customer_id',
  )
  const recipe = pipeline(standardise('spend'))
  expect(() => recipe.fit(labelled as never)).toThrow(LeakageError)
  expect(() => recipe.fit(people).transform(labelled as never)).toThrow(LeakageError)
  expect(() => toMatrix(labelled as never, ['spend'] as never)).toThrow(LeakageError)
})

test('errors: unknown and text columns, nothing to learn from, foreign files, bad settings', () => {
  expect(() => pipeline(standardise('spnd')).fit(people as never)).toThrow(/no column "spnd"/)
  expect(() => pipeline(standardise('country')).fit(people as never)).toThrow(SchemaError)
  expect(() => pipeline(standardise('x')).fit(numbers(NaN))).toThrow(FitError)
  expect(() => FittedPipeline.fromJSON({ steps: [] })).toThrow(FormatError)
  expect(() => FittedPipeline.fromJSON({ format: 'clvlab-pipeline', version: 2, steps: [] })).toThrow(/version 2/)
  expect(() =>
    FittedPipeline.fromJSON({ format: 'clvlab-pipeline', version: 1, steps: [{ kind: 'magic', layout: {} }] }),
  ).toThrow(/no transform "magic"/)
  expect(() => pipeline(log1p('x')).fromJSON(pipeline(standardise('x')).fit(numbers(1, 2)).toJSON())).toThrow(/other steps/)
  const broken = FittedPipeline.fromJSON({
    format: 'clvlab-pipeline',
    version: 1,
    steps: [{ kind: 'standardise', layout: { columns: [{ column: 'x', mean: 'y' }] } }],
  })
  expect(() => broken.transform(numbers(1))).toThrow(FormatError)
  expect(() => standardise('x', 'x')).toThrow(UsageError)
  expect(() => clip('x', { lower: 2 })).toThrow(UsageError)
})

test('toMatrix is row-major, yes and no are 1 and 0, missing is NaN', () => {
  const table = people.derive({ rich: row => row.spend > 20 })
  expect(toMatrix(table, ['spend', 'rich'])).toEqual({
    data: Float64Array.of(0, 0, 10, 0, 20, 0, 30, 1, 1000, 1),
    rows: 5,
    columns: 2,
  })
})

test('a list of steps of unknown length is a pipeline too', () => {
  const steps: Steps = [standardise('spend')]
  expect(
    pipeline(...steps)
      .fit(people)
      .transform(people).length,
  ).toBe(5)
})

test('a fitted pipeline shows its steps and what they learnt', () => {
  const fitted = pipeline(impute('recency'), oneHot('country', { max: 1 })).fit(people)
  const text = String(fitted[DISPLAY]().data['text/plain'])
  expect(text).toMatch(/impute\s+recency\s+column:recency, fill:4/)
  expect(text).toMatch(/one-hot\s+country\s+column:country, values:DE/)
})
