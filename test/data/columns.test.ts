import { afterAll, beforeAll, expect, test } from 'vitest'
import { Database } from '../../lib/data/database.ts'

let database: Database
beforeAll(async () => {
  database = await Database.open({ threads: 2 })
})
afterAll(() => database.close())

const one = async (sql: string): Promise<unknown> =>
  (await database.table<{ v: never }>(`select ${sql} as v`, 'observed')).column('v')[0]

test.each([
  ['1::tinyint', 1],
  ['-2::smallint', -2],
  ['3::integer', 3],
  ['9007199254740991::bigint', 9007199254740991],
  ['5::hugeint', 5],
  ['6::utinyint', 6],
  ['7::usmallint', 7],
  ['8::uinteger', 8],
  ['9::ubigint', 9],
  ['10::uhugeint', 10],
  ['0.5::float', 0.5],
  ['0.1::double', 0.1],
  ['19.99::decimal(18,4)', 19.99],
  ['-0.0001::decimal(18,4)', -0.0001],
  ['123456789.01::decimal(38,10)', 123456789.01],
  ['null::integer', NaN],
  ['null::double', NaN],
  ['null::decimal(9,2)', NaN],
  ['null::bigint', NaN],
  ['null::varchar', null],
  [`'é'`, 'é'],
  ['true', true],
  ['null::boolean', null],
  ['null::timestamp', null],
  [`timestamp '1969-12-31 23:59:59.5'`, new Date(-500)],
  [`timestamptz '2011-01-01 02:00:00+02'`, new Date('2011-01-01')],
  [`date '2011-01-01'`, new Date('2011-01-01')],
  [`'2011-01-01 00:00:01'::timestamp_s`, new Date('2011-01-01T00:00:01Z')],
  [`'2011-01-01 00:00:01'::timestamp_ms`, new Date('2011-01-01T00:00:01Z')],
  [`'2011-01-01 00:00:01'::timestamp_ns`, new Date('2011-01-01T00:00:01Z')],
])('%s', async (sql, expected) => {
  expect(await one(sql)).toEqual(expected)
})

test('an integer that a number cannot hold is refused, not rounded', async () => {
  await expect(one('9007199254740993::bigint')).rejects.toMatchObject({
    name: 'SchemaError',
    code: 'integer-too-large',
    what: /9007199254740993/,
  })
  await expect(one('9007199254740993::hugeint')).rejects.toMatchObject({ code: 'integer-too-large' })
})

test('two columns of one name are refused', async () => {
  await expect(database.table('select 1 as a, 2 as a', 'observed')).rejects.toMatchObject({
    name: 'SchemaError',
    code: 'duplicate-column',
    what: /"a"/,
  })
})

test('columns over many chunks keep order and NULLs; no row at all keeps the columns', async () => {
  const table = await database.table<{ i: number; half: number; name: string }>(
    `select i, case when i % 3 = 0 then null else i / 2 end as half, 'n' || i as name from range(10000) t(i) order by i`,
    'observed',
  )
  expect(table.length).toBe(10_000)
  expect(table.column('i').every((value, i) => value === i)).toBe(true)
  expect(table.column('half').every((value, i) => Object.is(value, i % 3 === 0 ? NaN : i / 2))).toBe(true)
  expect(table.column('name')[9999]).toBe('n9999')
  const none = await database.table<{ i: number }>('select 1 as i where false', 'observed')
  expect([none.length, none.column('i')]).toEqual([0, new Float64Array(0)])
})
