import fs from 'node:fs'
import path from 'node:path'
import { DataError } from '../../errors/index.ts'
import type { Cell } from '../../schema/index.ts'
import { Database } from '../database.ts'
import { literal } from '../readers/sql.ts'

type TruthRow = Readonly<Record<string, Cell>>

/** What the simulator knows and no shop could. No `Table`, so that nothing which takes features accepts it. */
export class Truth {
  readonly when = 'truth'
  readonly customers: readonly TruthRow[]
  readonly campaigns: readonly TruthRow[]

  constructor(customers: readonly TruthRow[], campaigns: readonly TruthRow[]) {
    this.customers = customers
    this.campaigns = campaigns
  }
}

/** Reads the truth of a simulated data set, for tests and for judging models. Errors: `DataError` where there is none. */
export async function readTruth(folder: string): Promise<Truth> {
  const database = await Database.open({ threads: 1 })
  try {
    const read = async (name: string, order: string): Promise<readonly TruthRow[]> => {
      const file = path.join(folder, 'truth', `${name}.parquet`)
      if (!fs.existsSync(file)) throw new DataError({ code: 'no-truth', what: 'no truth is kept here', where: file, remedy: 'give a folder that the simulator wrote' })
      return [...(await database.table<Record<string, Cell>>(`select * from read_parquet(${literal(file)}) order by ${order}`, 'observed')).rows()]
    }
    return new Truth(await read('customers', 'customer_id'), await read('campaigns', 'customer_id, day'))
  } finally {
    database.close()
  }
}
