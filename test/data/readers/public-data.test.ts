import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { observe, openDataset, outcome } from '../../../lib/data/index.ts'
import { shared } from '../../support/shared.ts'

const retail = shared('datasets/online-retail')
const cdnow = shared('datasets/cdnow')

describe.skipIf(retail === undefined)('Online Retail, counted from the file (shared/datasets/README.md, shared/peers.md)', () => {
  test('rows, rejections, cancellations, customers before the cutoff', async () => {
    await using log = await openDataset(retail as string)
    const { counts, checksum, currency, firstDay, lastDay } = log.facts
    expect(checksum).toBe('c35975c40d0e1e105090fbb11188a409393055f873841bd012915475fc84e69f')
    expect({ currency, firstDay, lastDay }).toEqual({ currency: 'GBP', firstDay: '2010-12-01', lastDay: '2011-12-09' })
    expect(counts).toEqual({
      rowsIn: 541_909,
      rowsOut: 406_789,
      rejected: [
        { reason: 'no customer', rows: 135_080 },
        { reason: 'price of zero or less', rows: 40 },
      ],
    })
    expect([...log.facts.capabilities].sort()).toEqual(['country', 'products', 'quantities', 'returns'])
    const whole = await observe(log, { cutoff: '2011-12-10' })
    const [row] = [
      ...(
        await whole.query(`select count(*) filter (where kind = 'return') as returns, count(*) filter (where kind = 'return' and amount >= 0) as odd,
      count(*) filter (where kind = 'purchase' and amount <= 0) as free, count(*) filter (where customer_id like '%.%') as dotted from events`)
      ).rows(),
    ]
    expect(row).toEqual({ returns: 8905, odd: 0, free: 0, dotted: 0 })
    const before = await observe(log, { cutoff: '2011-06-09' })
    const [customers] = [
      ...(
        await before.query(
          `select count(distinct customer_id) as n, min(ts) as first, max(ts) as last from events where kind = 'purchase'`,
        )
      ).rows(),
    ]
    expect(customers).toEqual({ n: 2787, first: new Date('2010-12-01T08:26:00Z'), last: new Date('2011-06-08T17:09:00Z') })
    const after = await outcome(log, { cutoff: '2011-06-09', horizon: 180 })
    const [span] = [...(await after.query(`select min(ts) as first, max(ts) as last from events`)).rows()]
    expect(
      (span?.['first'] as Date) >= new Date('2011-06-09T00:00:00Z') &&
        (span?.['last'] as Date) < new Date('2011-12-06T00:00:00Z'),
    ).toBe(true)
    const [first] = [...(await log.rejectedRows(1)).rows()]
    expect(first).toMatchObject({
      record: 623,
      line: 624,
      reason: 'no customer',
      raw: /^536414,22139,.*,2010-12-01 11:52:00,0\.0,,United Kingdom$/,
    })
  })

  test('exact duplicates of cleaned purchase lines are kept: 5,192 whole lines, and 2 more that differ in columns that events do not have', async () => {
    await using log = await openDataset(path.join(retail as string, 'online_retail.csv.gz'))
    const whole = await observe(log, { cutoff: '2011-12-10' })
    const [row] = [
      ...(
        await whole.query(
          `select count(*) as n from (select row_number() over (partition by customer_id, ts, order_id, product, quantity, amount) as copy from events where kind = 'purchase') where copy > 1`,
        )
      ).rows(),
    ]
    expect(row?.['n']).toBe(5194)
  })
})

describe.skipIf(cdnow === undefined)('CDNOW, counted from the files (shared/datasets/README.md, shared/peers.md)', () => {
  test('a folder with both files gives the master: 69,659 purchases, 23,500 customers before the cutoff', async () => {
    await using log = await openDataset(cdnow as string)
    expect(log.facts).toMatchObject({
      title: 'CDNOW master',
      currency: 'USD',
      checksum: 'eff6889ed364c5199d6eacbbeb7a6d559971df4406ac876f322c373f00a072ef',
    })
    expect(log.facts.counts).toEqual({
      rowsIn: 69_659,
      rowsOut: 69_579,
      rejected: [{ reason: 'amount of zero or less', rows: 80 }],
    })
    const before = await observe(log, { observeFrom: '1997-01-01', cutoff: '1997-10-01' })
    expect([
      ...(await before.query('select count(distinct customer_id) as n, min(customer_id) as first from events')).rows(),
    ]).toEqual([{ n: 23_500, first: '00001' }])
  })

  test('zero amounts are kept on request, as the literature does: 23,570 customers, 2,357 in the sample', async () => {
    await using master = await openDataset(cdnow as string, { keepZeroAmounts: true })
    expect(master.facts).toMatchObject({ customers: 23_570, counts: { rowsIn: 69_659, rowsOut: 69_659, rejected: [] } })
    await using sample = await openDataset(path.join(cdnow as string, 'CDNOW_sample.txt'), { keepZeroAmounts: true })
    expect(sample.facts).toMatchObject({
      title: 'CDNOW sample',
      customers: 2357,
      counts: { rowsIn: 6919, rowsOut: 6919 },
      checksum: '6fae10155c0b0ba363c2c386e30f77990d22328220efd862a5edd1443420d94a',
      firstDay: '1997-01-01',
      lastDay: '1998-06-30',
    })
  })
})
