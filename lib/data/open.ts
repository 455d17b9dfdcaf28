import fs from 'node:fs'
import path from 'node:path'
import { DataError } from '../errors/index.ts'
import { Database, type DatabaseOptions } from './database.ts'
import type { EventLog } from './event-log.ts'
import { readCdnow, type CdnowOptions } from './readers/cdnow.ts'
import { readMapped, type MappedOptions } from './readers/mapped.ts'
import { readOnlineRetail } from './readers/online-retail.ts'
import { readSimulated } from './readers/simulated.ts'

type Reader = (file: string, database: Database) => Promise<EventLog>

export type OpenOptions = DatabaseOptions & CdnowOptions

/** Opens any event log by a declared mapping. Errors: `DataError`, `UsageError`. */
export async function openLog(file: string, options: DatabaseOptions & MappedOptions): Promise<EventLog> {
  return await reading(options, database => readMapped(file, options, database))
}

/** Opens a known data set: a folder that holds it, or its file. Errors: `DataError` that lists what is recognised. */
export async function openDataset(place: string, options: OpenOptions = {}): Promise<EventLog> {
  if (!fs.existsSync(place))
    throw new DataError({ code: 'no-such-file', what: 'there is no such file or folder', where: place, remedy: 'check the path' })
  const folder = fs.statSync(place).isDirectory()
  const known: readonly (readonly [string, Reader])[] = [
    ['manifest.json', readSimulated],
    ['online_retail.csv', readOnlineRetail],
    ['online_retail.csv.gz', readOnlineRetail],
    ['CDNOW_master.txt', (file, database) => readCdnow(file, database, options)],
    ['CDNOW_sample.txt', (file, database) => readCdnow(file, database, options)],
  ]
  const found = known.find(([name]) => (folder ? fs.existsSync(path.join(place, name)) : path.basename(place) === name))
  if (found === undefined) {
    throw new DataError({
      code: 'unknown-dataset',
      what: folder ? 'the folder holds no data set that is known here' : 'the file is of no data set that is known here',
      where: place,
      remedy: `known are ${known.map(([name]) => name).join(', ')}; any other log is opened by its file and a mapping of its columns (\`--map customer=…,time=…,amount=…\`, in code openLog)`,
    })
  }
  const [name, read] = found
  return await reading(options, database => read(folder ? path.join(place, name) : place, database))
}

async function reading(options: DatabaseOptions, read: (database: Database) => Promise<EventLog>): Promise<EventLog> {
  const database = await Database.open(options)
  try {
    return await read(database)
  } catch (error) {
    database.close()
    throw error
  }
}
