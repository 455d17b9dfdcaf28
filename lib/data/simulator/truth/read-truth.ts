import fs from 'node:fs'
import path from 'node:path'
import { DataError } from '../../../errors/index.ts'
import type { Row } from '../../../schema/index.ts'
import { Database } from '../../database.ts'
import { literal } from '../../readers/sql.ts'
import type { CampaignTruth } from '../campaign.ts'

/** Expected orders after the cutoff within a horizon and their value before returns, from the customer's own rates. */
export interface ExpectedTruth {
  readonly purchases: number
  readonly value: number
  /** The same for one known to be alive at the cutoff. */
  readonly purchasesIfAlive: number
  readonly valueIfAlive: number
}

export interface CustomerTruth {
  readonly customerId: string
  readonly birth: Date
  /** Null for one who is alive at the end of the log. */
  readonly dropout: Date | null
  /** Purchases per week of the shop's clock; dropout's rate (Pareto/NBD) or its probability after a purchase (BG/NBD). */
  readonly lambda: number
  readonly mu: number | null
  readonly p: number | null
  readonly spendMean: number
  /** Probability that a contact brings one more order; negative for those whom it may keep from one. */
  readonly uplift: number
  /** By horizon in days; empty for one born after the cutoff. */
  readonly expected: ReadonlyMap<number, ExpectedTruth>
}

/** What the simulator knows and no shop could. No `Table`, so that nothing which takes features accepts it. */
export class Truth {
  readonly when = 'truth'
  /** By customer, and by customer and day. */
  readonly customers: readonly CustomerTruth[]
  readonly campaigns: readonly (CampaignTruth & { readonly customerId: string })[]

  constructor(customers: Truth['customers'], campaigns: Truth['campaigns']) {
    this.customers = customers
    this.campaigns = campaigns
  }
}

interface CustomerCells extends Row {
  readonly customer_id: string
  readonly birth: number
  readonly dropout: number
  readonly lambda: number
  readonly mu: number
  readonly p: number
  readonly spend_mean: number
  readonly uplift: number
}

interface CampaignCells extends Row {
  readonly customer_id: string
  readonly day: string
  readonly assigned: boolean
  readonly alive: boolean
  readonly purchases0: number
  readonly purchases1: number
  readonly value0: number
  readonly value1: number
}

/** Reads the truth of a simulated data set, for tests and for judging models. Errors: `DataError` where there is none, or it is damaged. */
export async function readTruth(folder: string): Promise<Truth> {
  const database = await Database.open({ threads: 1 })
  try {
    const customers = await read<CustomerCells>(
      database,
      folder,
      'customers',
      '* replace (epoch(birth) as birth, epoch(dropout) as dropout)',
      'customer_id',
    )
    const campaigns = await read<CampaignCells>(
      database,
      folder,
      'campaigns',
      '* replace (day::varchar as day)',
      'customer_id, day',
    )
    return new Truth(
      customers.map(customer),
      campaigns.map(({ customer_id: customerId, ...rest }) => ({ customerId, ...rest })),
    )
  } finally {
    database.close()
  }
}

async function read<R extends Row>(
  database: Database,
  folder: string,
  name: string,
  columns: string,
  order: string,
): Promise<readonly R[]> {
  const file = path.join(folder, 'truth', `${name}.parquet`)
  if (!fs.existsSync(file)) {
    throw new DataError({
      code: 'no-truth',
      what: 'no truth is kept here',
      where: file,
      remedy: 'give a folder that the simulator wrote',
    })
  }
  try {
    return [
      ...(await database.table<R>(`select ${columns} from read_parquet(${literal(file)}) order by ${order}`, 'observed')).rows(),
    ]
  } catch (cause) {
    throw new DataError({
      code: 'damaged-truth',
      what: 'the truth cannot be read',
      where: file,
      remedy: 'simulate the data set again',
      cause,
    })
  }
}

function customer(cells: CustomerCells): CustomerTruth {
  const { customer_id: customerId, birth, dropout, lambda, mu, p, spend_mean: spendMean, uplift } = cells
  const expected = new Map<number, ExpectedTruth>()
  for (const horizon of horizonsOf(cells)) {
    const of = (what: string): number => Number(cells[`expected_${what}_${horizon}`])
    const truth = {
      purchases: of('purchases'),
      value: of('value'),
      purchasesIfAlive: of('purchases_if_alive'),
      valueIfAlive: of('value_if_alive'),
    }
    if (!Number.isNaN(truth.purchases)) expected.set(horizon, truth)
  }
  return {
    customerId,
    birth: new Date(birth * 1000),
    dropout: Number.isNaN(dropout) ? null : new Date(dropout * 1000),
    lambda,
    mu: known(mu),
    p: known(p),
    spendMean,
    uplift,
    expected,
  }
}

const horizonsOf = (cells: CustomerCells): readonly number[] =>
  Object.keys(cells).flatMap(name => /^expected_purchases_(\d+)$/.exec(name)?.slice(1).map(Number) ?? [])

/** SQL's NULL comes as NaN in a column of numbers. */
const known = (cell: number): number | null => (Number.isNaN(cell) ? null : cell)
