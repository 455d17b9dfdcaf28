import { beforeAll, expect, test } from 'vitest'
import { Database } from '../../lib/data/database.ts'
import { observe, openLog, outcome, type EventLog } from '../../lib/data/index.ts'
import { DataError, UsageError } from '../../lib/errors/index.ts'
import type { ObservedEvents } from '../../lib/schema/index.ts'
import { scratch } from './files.ts'

const { write } = scratch()
const file = write(
  'log.csv',
  [
    'id,when,total,country,channel',
    'ann,2011-01-01 00:00:00,1.10,,',
    'bob,2011-01-05,2.20,FR,web',
    'ann,2011-05-31 23:59:59,4.40,GB,shop',
    'ann,2011-06-01 00:00:00,8.80,AA,aaa',
    'cat,2011-06-30 23:59:59,16,AA,aaa',
    'bob,2011-07-01,32,AA,aaa',
    '',
  ].join('\n'),
)
let log: EventLog
let seen: ObservedEvents

beforeAll(async () => {
  log = await openLog(file, { map: { customer: 'id', time: 'when', amount: 'total', country: 'country', channel: 'channel' } })
  seen = await observe(log, { cutoff: '2011-06-01' })
})

test('the observed window ends just before the cutoff, the outcome begins there and ends before cutoff + horizon', async () => {
  expect([...(await seen.query('select count(*) as n, sum(amount) as total from events')).rows()]).toEqual([{ n: 3, total: 7.7 }])
  const happened = await outcome(log, { cutoff: '2011-06-01', horizon: 30 })
  expect([...(await happened.query('select customer_id, amount from events order by ts')).rows()]).toEqual([
    { customer_id: 'ann', amount: 8.8 },
    { customer_id: 'cat', amount: 16 },
  ])
  expect([seen.when, happened.when]).toEqual(['observed', 'outcome'])
  expect((await happened.query('select amount from events')).when).toBe('outcome')
  const later = await observe(log, { observeFrom: '2011-01-02', cutoff: '2011-06-01' })
  expect((await later.query('select * from events')).length).toBe(2)
})

test('customers are those of the window, and so is what is known of them', async () => {
  expect([...(await seen.query('select customer_id, country, channel from customers order by customer_id')).rows()]).toEqual([
    { customer_id: 'ann', country: 'GB', channel: 'shop' },
    { customer_id: 'bob', country: 'FR', channel: 'web' },
  ])
})

test.each([
  'select * from main.events_all',
  'select * from sifted',
  'select * from rejected',
  `select * from read_csv('${file}')`,
  `select * from '${file}'`,
  `select * from read_text('${file}')`,
  `select * from read_blob('${file}')`,
  `select * from glob('/*')`,
])('SQL cannot reach the future or the file: %s', async sql => {
  await expect(seen.query(sql)).rejects.toMatchObject({ name: 'DataError', code: 'sql' })
})

test('no catalogue of the window lists anything but its two tables', async () => {
  const tables = await seen.query<{ name: string }>(
    'select database_name || chr(46) || table_name as name from duckdb_tables() order by 1',
  )
  expect(tables.column('name').map(name => name.split('.')[1])).toEqual(['customers', 'events'])
  expect((await seen.query('select * from duckdb_views() where not internal')).length).toBe(0)
})

test.each([
  `attach '/tmp/other.db'`,
  'drop table events',
  'delete from events',
  `insert into events select * from events`,
  'set enable_external_access = true',
  `pragma memory_limit='1GB'`,
  `copy events to '/tmp/events.csv'`,
  'select 1; drop table events',
  'create table x as select 1',
  'call duckdb_tables()',
  '',
])('a window can be queried, not changed: %s', async sql => {
  await expect(seen.query(sql)).rejects.toBeInstanceOf(DataError)
  expect((await seen.query('select * from events')).length).toBe(3)
})

test('SQL that cannot be run is a named error, in planning and in running', async () => {
  await expect(seen.query('select nothing from events')).rejects.toMatchObject({
    code: 'sql',
    what: /nothing/,
    where: 'select nothing from events',
  })
  await expect(seen.query(`select cast(customer_id as integer) as n from events`)).rejects.toMatchObject({
    code: 'sql',
    what: /Conversion/,
  })
})

test('windows that are none', async () => {
  await expect(observe(log, { cutoff: '2011-01-01' })).rejects.toMatchObject({ name: 'UsageError', code: 'empty-window' })
  await expect(observe(log, { cutoff: '2011-06-31' })).rejects.toBeInstanceOf(UsageError)
  await expect(outcome(log, { cutoff: '2011-06-01', horizon: 32 })).rejects.toMatchObject({
    code: 'horizon-too-long',
    remedy: /at most 31 days/,
  })
  await expect(outcome(log, { cutoff: '2011-06-01', horizon: 1.5 })).rejects.toMatchObject({ code: 'bad-horizon' })
  expect((await outcome(log, { cutoff: '2011-06-01', horizon: 31 })).window.horizon).toBe(31)
})

test('capabilities narrow', () => {
  expect([seen.has('country'), seen.has('channel'), seen.has('products'), log.has('country')]).toEqual([true, true, false, true])
})

test('a closed window answers no query, by name; what was read from it stays, and so do the log and other windows', async () => {
  const window = await observe(log, { cutoff: '2011-06-01' })
  const table = await window.query<{ amount: number }>('select amount from events order by ts')
  window.close()
  window.close()
  await expect(window.query('select 1')).rejects.toMatchObject({ name: 'DataError', code: 'closed' })
  expect([...table.column('amount')]).toEqual([1.1, 2.2, 4.4])
  expect((await seen.query('select * from events')).length).toBe(3)
  {
    await using happened = await outcome(log, { cutoff: '2011-06-01', horizon: 30 })
    expect((await happened.query('select * from events')).length).toBe(2)
  }
})

test('the window of a log of several row groups, read by two threads, keeps the order of time, customer and record', async () => {
  const file = write('many.parquet', '')
  const database = await Database.open()
  await database.run(
    `copy (select 'c' || (i * 7919 % 1000) as id, date '2011-01-01' + cast(i * 7907 % 365 as integer) as day, 1.5 as total from range(300000) r(i)) to '${file}' (format parquet)`,
  )
  database.close()
  const many = await openLog(file, { map: { customer: 'id', time: 'day', amount: 'total' }, threads: 2 })
  const observed = await observe(many, { cutoff: '2011-12-01' })
  const [counts] = (
    await observed.query<{ n: number; astray: number }>(
      `select count(*) as n, count(*) filter (where astray) as astray
       from (select (ts, customer_id, record) < lag((ts, customer_id, record)) over () as astray from events)`,
    )
  ).rows()
  const days = Array.from({ length: 300_000 }, (_, i) => (i * 7907) % 365)
  expect(counts).toEqual({ n: days.filter(day => day < 334).length, astray: 0 })
})

test('a log has nothing that could be queried past a cutoff', () => {
  const inReach = [...Object.values(log), ...Object.getOwnPropertySymbols(log).map(each => log[each as never])]
  expect(inReach.some(each => each instanceof Database)).toBe(false)
})
