import zlib from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { observe, openLog, type EventLog } from '../../../lib/data/index.ts'
import { UsageError } from '../../../lib/errors/index.ts'
import { Database } from '../../../lib/data/database.ts'
import { MAP, scratch, withLog } from '../files.ts'

const { write, folder } = scratch()
const HEAD = 'id,when,total\n'

const rejected = async (log: EventLog): Promise<readonly unknown[]> => [...(await log.rejectedRows()).rows()]

async function times(log: EventLog): Promise<readonly string[]> {
  const table = await (
    await observe(log, { cutoff: '2012-01-01' })
  ).query<{ ts: Date }>('select ts from events order by customer_id')
  return table.column('ts').map(ts => ts.toISOString().slice(0, 16))
}

test('values that cannot be used are rejected rows with line, reason and text', async () => {
  const rows = [
    ['ann,2011-02-30,5', 'no possible time'],
    ['ann,20110230,5', 'no possible time'],
    ['ann,infinity,5', 'no possible time'],
    ['ann,epoch,5', 'no possible time'],
    ['ann,99999-01-01,5', 'no possible time'],
    ['ann,2/3/2011,5', 'no possible time'],
    ['ann,2011-01-01 (BC),5', 'no possible time'],
    ['ann,2011-01-01 10:00:00+99:00,5', 'no possible time'],
    ['ann,9999-12-31,5', 'year outside 1900 to 2199'],
    ['ann,9999-12-31T23:00:00-05:00,5', 'year outside 1900 to 2199'],
    ['ann,0000-01-01,5', 'year outside 1900 to 2199'],
    ['ann,18991231,5', 'year outside 1900 to 2199'],
    ['ann,,5', 'no possible time'],
    [',2011-01-01,5', 'no customer'],
    ['  ,2011-01-01,5', 'no customer'],
    ['ann,2011-01-01,"1,234.50"', 'amount is no number'],
    ['ann,2011-01-01,€12', 'amount is no number'],
    ['ann,2011-01-01,nan', 'amount is no number'],
    ['ann,2011-01-01,', 'amount is no number'],
    ['ann,2011-01-01,99999999999999999', 'amount is no number'],
    ['ann,2011-01-01,0', 'amount of zero or less'],
    ['ann,2011-01-01,-3', 'amount of zero or less'],
  ] as const
  const file = write('unusable.csv', `${HEAD}ann,2011-01-01,5\n${rows.map(([raw]) => raw).join('\n')}\n`)
  await withLog(file, async log => {
    expect(await rejected(log)).toEqual(rows.map(([raw, reason], i) => ({ record: i + 2, line: i + 3, reason, raw })))
    expect(log.facts.counts).toMatchObject({ rowsIn: 23, rowsOut: 1 })
  })
})

test('lines are counted over blank lines and over line breaks inside quotes', async () => {
  const file = write('lines.csv', `${HEAD}\n"an\nn",2011-01-01,5\n\n\nbob,never,5\n"c\n\nd",never,5\neve,never,5`)
  await withLog(file, async log => {
    expect((await rejected(log)).map(row => (row as { line: number }).line)).toEqual([7, 8, 11])
  })
})

test.each([
  ['CRLF and a byte order mark', '\uFEFFid,when,total\r\nann,2011-01-01,5\r\n'],
  ['semicolons', 'id;when;total\nann;2011-01-01;5\n'],
  ['tabs', 'id\twhen\ttotal\nann\t2011-01-01\t5\n'],
  ['quoted names', '"id","when","total"\n"ann","2011-01-01","5"\n'],
  ['spaces', ' id , when ,total\n ann , 2011-01-01 , 5 \n'],
  ['no line end', 'id,when,total\nann,2011-01-01,5'],
  ['names that differ in case alone', 'id,when,total,Total,ID\nann,2011-01-01,5,6,bob\n'],
])('a CSV with %s', async (title, content) => {
  for (const packed of [false, true]) {
    const file = write(`${title}.${packed ? 'packed' : 'csv'}`, packed ? zlib.gzipSync(content) : content)
    await withLog(file, async log => {
      const events = await observe(log, { cutoff: '2012-01-01' })
      expect([...(await events.query('select customer_id, amount from events')).rows()]).toEqual([
        { customer_id: 'ann', amount: 5 },
      ])
    })
  }
})

test('times without a zone are UTC, those with one are moved there; formats are declared, not guessed', async () => {
  const file = write(
    'times.csv',
    `${HEAD}a,2011-03-27T01:30:00,1\nb,2011-03-27T01:30:00+02:00,1\nc,2011-03-27 01:30:00Z,1\nd,20110327,1\ne,2011-03-27 01:30:00-05,1\n`,
  )
  expect(await withLog(file, times)).toEqual([
    '2011-03-27T01:30',
    '2011-03-26T23:30',
    '2011-03-27T01:30',
    '2011-03-27T00:00',
    '2011-03-27T06:30',
  ])
  const declared = write('declared.csv', `${HEAD}a,03/04/2011 08:26,1\nb,31/12/2011,1\nc,2011-01-01,1\n`)
  await withLog(
    declared,
    async log => {
      expect(await times(log)).toEqual(['2011-04-03T08:26', '2011-12-31T00:00'])
      expect(log.facts.counts.rejected).toEqual([{ reason: 'no possible time', rows: 1 }])
    },
    { formats: ['%d/%m/%Y %H:%M', '%d/%m/%Y'] },
  )
  await expect(openLog(declared, { map: MAP, formats: ['day first'] })).rejects.toBeInstanceOf(UsageError)
})

test.each([
  ['2024-04-14T23:00:00-05:00 ', '2024-04-15T04:00'],
  ['2024-04-14T23:00:00-05:00\t', '2024-04-15T04:00'],
  ['2024-04-14 23:00:00 -0500', '2024-04-15T04:00'],
  ['2024-04-14T23:00-05', '2024-04-15T04:00'],
  ['2024-04-14t23:00:00.5z', '2024-04-14T23:00'],
  ['2024-04-14T23:00Z ', '2024-04-14T23:00'],
  ['2024-04-14 23:00:00 UTC', '2024-04-14T23:00'],
  ['2024-04-14 23:00', '2024-04-14T23:00'],
])('the zone of "%s" counts, whatever stands around it', async (written, utc) => {
  const file = write('zone.csv', `${HEAD}ann,${written},5\n`)
  await withLog(file, async log => {
    const { ts } =
      [...(await (await observe(log, { cutoff: '2025-01-01' })).query<{ ts: Date }>('select ts from events')).rows()][0] ?? {}
    expect(ts?.toISOString().slice(0, 16)).toBe(utc)
  })
})

test.each([
  ['%Q', /Unrecognized format/],
  ['%d/%m/%Y %', /Trailing format character/],
  ['%d/%m', /no year/],
  ['day first', /no year/],
])('the format %s of times is refused by name', async (format, why) => {
  const file = write('format.csv', `${HEAD}ann,01/02/2024,5\n`)
  await expect(openLog(file, { map: MAP, formats: [format] })).rejects.toMatchObject({
    name: 'UsageError',
    code: 'bad-format',
    where: /--time-format/,
    what: why,
  })
})

test('a declared format takes no words and no impossible years', async () => {
  const file = write('words.csv', `${HEAD}a,01/02/2011,1\nb,infinity,1\nc,01/02/0024,1\n`)
  await withLog(
    file,
    async log => {
      expect(log.facts.counts.rejected).toEqual([
        { reason: 'no possible time', rows: 1 },
        { reason: 'year outside 1900 to 2199', rows: 1 },
      ])
    },
    { formats: ['%d/%m/%Y'] },
  )
})

test('price times quantity, kinds, returns and capabilities', async () => {
  const file = write(
    'full.csv',
    'id,when,p,q,kind,item\nann,2011-01-01,2.50,4,purchase,mug\nann,2011-01-02,2.50,-1,Return,mug\nann,2011-01-03,,,browse,\n' +
      'ann,2011-01-03,1,0,purchase,x\nann,2011-01-03,0,1,purchase,x\nann,2011-01-03,1,x,purchase,x\nann,2011-01-03,9999999999,9999999999,purchase,x\nann,2011-01-03,1,1,theft,x\n',
  )
  await withLog(
    file,
    async log => {
      expect([...log.facts.capabilities].sort()).toEqual(['browsing', 'products', 'quantities', 'returns'])
      const events = await observe(log, { cutoff: '2012-01-01' })
      expect([...(await events.query('select kind, amount, product, quantity from events')).rows()]).toEqual([
        { kind: 'purchase', amount: 10, product: 'mug', quantity: 4 },
        { kind: 'return', amount: -2.5, product: 'mug', quantity: -1 },
        { kind: 'browse', amount: 0, product: null, quantity: NaN },
      ])
      expect((await rejected(log)).map(row => (row as { reason: string }).reason)).toEqual([
        'quantity of zero or less',
        'price of zero or less',
        'quantity is no number',
        'amount is no number',
        'unknown kind of event',
      ])
    },
    { map: { customer: 'id', time: 'when', price: 'p', quantity: 'q', kind: 'kind', product: 'item' } },
  )
  await expect(openLog(file, { map: { customer: 'id', time: 'when', price: 'p' } })).rejects.toMatchObject({
    name: 'UsageError',
    code: 'no-amount',
  })
})

test('Parquet gives what CSV gives, whatever the types of its columns', async () => {
  const file = `${folder}/events.parquet`
  const database = await Database.open()
  await database.run(
    `copy (select * from (values (7, timestamptz '2011-01-01 02:00:00+02', 5.25::decimal(9,2)), (8, timestamptz '2011-01-02 00:00:00+00', 3), (9, null, 3)) t(id, "when", total)) to '${file}' (format parquet)`,
  )
  database.close()
  await withLog(file, async log => {
    const events = await observe(log, { cutoff: '2012-01-01' })
    expect([...(await events.query('select customer_id, ts, amount from events')).rows()]).toEqual([
      { customer_id: '7', ts: new Date('2011-01-01T00:00:00Z'), amount: 5.25 },
      { customer_id: '8', ts: new Date('2011-01-02T00:00:00Z'), amount: 3 },
    ])
    expect(await rejected(log)).toEqual([{ record: 3, line: NaN, reason: 'no possible time', raw: '9,,3.00' }])
  })
  await expect(openLog(file, { map: { ...MAP, amount: 'totl' } })).rejects.toMatchObject({
    code: 'missing-column',
    remedy: /"total"/,
  })
})

test('a capability holds only where the events have it; one column has one role', async () => {
  const map = { ...MAP, kind: 'kind', product: 'item', country: 'land' }
  const plain = write('plain.csv', 'id,when,total,kind,item,land\nann,2011-01-01,5,purchase,,\n')
  await withLog(plain, async log => expect([...log.facts.capabilities]).toEqual([]), { map })
  const rich = write(
    'rich.csv',
    'id,when,total,kind,item,land\nann,2011-01-01,5,purchase,mug,\nann,2011-01-02,,browse,,\nann,2011-01-02,,review,,\n',
  )
  await withLog(rich, async log => expect([...log.facts.capabilities]).toEqual(['products', 'browsing', 'reviews']), { map })
  await expect(openLog(plain, { map: { ...MAP, time: 'id' } })).rejects.toMatchObject({
    name: 'UsageError',
    code: 'column-twice',
    what: 'the column "id" is mapped to customer and to time',
  })
})

test.each([
  ['lists', `['a', 'b']`, 'nested values, not one value a row: VARCHAR[]'],
  ['structs', `{'a': 1}`, 'nested values, not one value a row: STRUCT('],
  ['maps', `map {'a': 1}`, 'nested values, not one value a row: MAP('],
  ['bytes', `'a'::blob`, 'bytes'],
])('a Parquet column of %s is refused by name', async (title, sql, said) => {
  const file = `${folder}/${title}.parquet`
  const database = await Database.open()
  await database.run(
    `copy (select ${sql} as id, '2011-01-01' as "when", 5 as total, 'ann' as name) to '${file}' (format parquet)`,
  )
  database.close()
  await expect(openLog(file, { map: MAP })).rejects.toMatchObject({
    name: 'DataError',
    code: 'nested-column',
    where: file,
    what: expect.stringContaining(`the column "id" holds ${said}`) as string,
  })
  await withLog(file, async log => expect(log.facts.customers).toBe(1), { map: { ...MAP, customer: 'name' } })
})

test('quoted fields may hold quotes, line breaks and delimiters', async () => {
  const file = write(
    'quotes.csv',
    `"id",when,total,note\n"ann", 2011-01-01, "5","5"" pipe, 6""\n""x"""\n"bob",2011-01-02,"6",5"" pipe\n`,
  )
  await withLog(file, async log => expect(log.facts.counts).toMatchObject({ rowsIn: 2, rowsOut: 2 }))
})

const field = fc
  .oneof(
    fc.constantFrom(
      'ann',
      '',
      ' ',
      '2011-01-01',
      '2011-02-30',
      '5',
      '-5',
      '0',
      '1e3',
      'nan',
      'infinity',
      '12.345678',
      'x"y',
      'a,b',
      'a\nb',
      '€',
      '9'.repeat(30),
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  .map(text => text.replace(/[\0\r]/g, ''))
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

test('rows in = rows out + rows rejected, as many as were written, on any dirty CSV, and alike with 1 and 2 threads', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(field, field, field), { maxLength: 12 }), async rows => {
      const file = write('dirty.csv', `${HEAD}good,2011-01-01,1\n${rows.map(row => row.map(quote).join(',')).join('\n')}\n`)
      const seen = []
      for (const threads of [1, 2]) {
        seen.push(
          await withLog(
            file,
            async log => {
              const { rowsIn, rowsOut, rejected: reasons } = log.facts.counts
              expect(rowsIn).toBe(rows.length + 1)
              expect(rowsOut + reasons.reduce((sum, each) => sum + each.rows, 0)).toBe(rowsIn)
              const listed = [...(await log.rejectedRows()).rows()]
              expect(listed).toHaveLength(rowsIn - rowsOut)
              return { facts: log.facts, listed }
            },
            { threads },
          ),
        )
      }
      expect(seen[1]).toEqual(seen[0])
    }),
    { numRuns: 40, seed: 11 },
  )
})
