import * as fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { LeakageError, SchemaError } from '../../lib/errors/index.ts'
import { Table } from '../../lib/schema/index.ts'

type Person = { readonly id: string; readonly age: number; readonly since: Date; readonly city: string | null }

const people = (): Table<Person> =>
  Table.fromColumns<Person>({
    id: ['a', 'b', 'c'],
    age: Float64Array.of(30, NaN, 20),
    since: ['2020-01-01', '2020-01-03', '2020-01-02'].map(day => new Date(day)),
    city: ['Kiel', null, 'Bonn'],
  })

test('columns keep their types: numbers in a Float64Array, all else in arrays', () => {
  const table = people()
  expectTypeOf(table.column('age')).toEqualTypeOf<Float64Array>()
  expectTypeOf(table.column('city')).toEqualTypeOf<readonly (string | null)[]>()
  expect(table.column('age')).toBeInstanceOf(Float64Array)
  expect(table.numericNames()).toEqual(['age'])
  expect(table.length).toBe(3)
})

const ages = (table: Table<{ readonly age: number }>): number => table.column('age').length

test('a table with more columns may stand where fewer are asked for, at compile time and at run time', () => {
  expect(ages(people())).toBe(3)
})

test('Table.of reads the types off the columns', () => {
  const table = Table.of({ name: ['a', null], age: [30, 41], day: [new Date(0), new Date(1)], x: Float64Array.of(1, NaN) })
  expectTypeOf(table.column('name')).toEqualTypeOf<readonly (string | null)[]>()
  expectTypeOf(table.column('age')).toEqualTypeOf<Float64Array>()
  expectTypeOf(table.column('day')).toEqualTypeOf<readonly Date[]>()
  expect(table.column('age')).toEqual(Float64Array.of(30, 41))
  // @ts-expect-error there is no such column
  expect(() => table.column('agee')).toThrow(SchemaError)
})

test('select, drop, rename and derive carry the types on', () => {
  const table = people()
    .rename('age', 'years')
    .derive({ double: row => row.years * 2, adult: row => row.years >= 18 })
    .drop('since')
  expectTypeOf(table.column('double')).toEqualTypeOf<Float64Array>()
  expect(table.names).toEqual(['id', 'years', 'city', 'double', 'adult'])
  expect([...table.column('double')]).toEqual([60, NaN, 40])
  expect(table.column('adult')).toEqual([true, false, true])
  expect(table.select('id').names).toEqual(['id'])
})

test('a verb leaves its table as it was', () => {
  const table = people()
  table.derive({ age: () => 0 })
  table.orderBy('age')
  expect([...table.column('age')]).toEqual([30, NaN, 20])
})

test('orderBy puts missing values last either way and keeps equal ones in their order', () => {
  expect(people().orderBy('age').column('id')).toEqual(['c', 'a', 'b'])
  expect(people().orderBy('age', 'descending').column('id')).toEqual(['a', 'c', 'b'])
  expect(people().orderBy('since', 'descending').column('id')).toEqual(['b', 'c', 'a'])
  expect(people().orderBy('city').column('id')).toEqual(['c', 'a', 'b'])
})

test('a join matches every pair of equal keys, as two loops would', () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c', null), { maxLength: 12 })
  fc.assert(
    fc.property(keys, keys, (left, right) => {
      const a = Table.fromColumns<{ key: string | null; x: number }>({ key: left, x: Float64Array.from(left, (_, i) => i) })
      const b = Table.fromColumns<{ key: string | null; y: number }>({ key: right, y: Float64Array.from(right, (_, i) => i) })
      const wanted = left.flatMap((k, x) => right.flatMap((l, y) => (k !== null && k === l ? [{ key: k, x, y }] : [])))
      expect([...a.join(b, 'key').rows()]).toEqual(wanted)
    }),
    { seed: 1 },
  )
})

test('joining what was observed with what happened gives a labelled table', () => {
  const later = Table.fromColumns<{ id: string; value: number }, 'outcome'>(
    { id: ['c', 'a'], value: Float64Array.of(3, 1) },
    'outcome',
  )
  const labelled = people().join(later, 'id')
  expectTypeOf(labelled.when).toEqualTypeOf<'labelled'>()
  expect(labelled.when).toBe('labelled')
  expect([...labelled.column('value')]).toEqual([1, 3])
  expect(() => labelled.requireWhen('observed', 'a test')).toThrow(LeakageError)
})

test('rollup gives one row per key in order of first appearance', () => {
  const table = Table.fromColumns<{ k: string; x: number }>({ k: ['b', 'a', 'b'], x: Float64Array.of(1, 2, 3) })
  const rolled = table.rollup(['k'], { n: group => group.length, sum: group => group.column('x').reduce((a, b) => a + b, 0) })
  expect([...rolled.rows()]).toEqual([
    { k: 'b', n: 2, sum: 4 },
    { k: 'a', n: 1, sum: 2 },
  ])
})

test('concat, take, filter and head', () => {
  const table = people()
  expect(table.concat(table).length).toBe(6)
  expect(table.concat(table).column('age')).toBeInstanceOf(Float64Array)
  expect(table.take([2, 0]).column('id')).toEqual(['c', 'a'])
  expect(table.filter(row => row.city !== null).column('id')).toEqual(['a', 'c'])
  expect(table.head(1).length).toBe(1)
})

test('errors name the column and the way out', () => {
  const table = people()
  expect(() => table.column('agee' as 'age')).toThrow(/no column "agee"[\s\S]*id, age, since, city/)
  expect(() => table.join(table, 'id')).toThrow(/both tables have the column "age"/)
  expect(() => table.rename('age', 'city')).toThrow(SchemaError)
  expect(() => table.take([3])).toThrow(/no row 3/)
  expect(() => Table.fromColumns<{ a: number; b: string }>({ a: Float64Array.of(1), b: ['x', 'y'] })).toThrow(
    /"b" has 2 values where "a" has 1/,
  )
})

test('200,000 rows of 20 columns pass through derive, filter, join and orderBy column by column', () => {
  const n = 200_000
  const columns = Object.fromEntries(
    Array.from({ length: 20 }, (_, c) => [`c${c}`, Float64Array.from({ length: n }, (_, i) => (i * 7919 + c) % n)]),
  )
  const table = Table.fromColumns<Record<string, number>>(columns)
  const other = Table.fromColumns<{ c0: number; z: number }>({
    c0: columns['c0'] as Float64Array,
    z: columns['c1'] as Float64Array,
  })
  const result = table
    .derive({ s: row => (row['c0'] as number) + 1 })
    .filter(row => (row['c1'] as number) % 2 === 0)
    .join(other, 'c0')
    .orderBy('c0')
  expect(result.length).toBe(n / 2)
  expect(result.column('s')[0]).toBe((result.column('c0')[0] as number) + 1)
})

test("what Arquero's own verbs made comes back as a table, but the outcome does not come back as observed", () => {
  const older = people().arquero.filter('d => d.age > 25')
  expect([...Table.wrap<Person, 'observed'>(older, 'observed').column('id')]).toEqual(['a'])
  const outcome = Table.fromColumns<{ customer_id: string; future_value: number }, 'outcome'>(
    { customer_id: ['a'], future_value: Float64Array.of(1) },
    'outcome',
  )
  const doubled = outcome.arquero.derive({ twice: 'd => 2 * d.future_value' })
  expect(() => Table.wrap(doubled, 'observed')).toThrow(LeakageError)
  expect(() => Table.wrap(doubled, 'observed')).toThrow(/column "future_value" tells what happened after the cutoff/)
  expect(Table.wrap(doubled, 'labelled').length).toBe(1)
})

test('rows of the outcome, and its columns, cannot come back as observed', () => {
  const outcome = Table.fromColumns<{ id: string; spent: number }, 'outcome'>({ id: ['a'], spent: Float64Array.of(7) }, 'outcome')
  const rows = [...outcome.rows()]
  expect(() => Table.fromRows(rows, ['id', 'spent'])).toThrow(LeakageError)
  expect(Table.fromRows(rows, ['id', 'spent'], 'outcome').length).toBe(1)
  expect(() => Table.fromRows([{ id: 'a', future_value: 7 }], ['id', 'future_value'])).toThrow(/column "future_value"/)
})
