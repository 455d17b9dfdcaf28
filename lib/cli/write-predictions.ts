import fs from 'node:fs'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { Predictions } from '../models/index.ts'
import { inCsv } from './in-csv.ts'
import { requireWritable } from './require-writable.ts'
import { writeWholeFile } from './whole-file.ts'

/** What one model foretells, and for which days. */
export interface ModelPredictions {
  readonly model: string
  readonly predictions: Predictions
  readonly observeFrom: string
  readonly cutoff: string
  readonly horizon: number
}

/** The file's columns, in order: one row per customer and model. What a model does not say is empty (CSV) or null (Parquet). */
const COLUMNS = [
  ['customer_id', 'varchar'],
  ['model', 'varchar'],
  ['value', 'double'],
  ['probability', 'double'],
  ['expected_purchases', 'double'],
  ['observe_from', 'varchar'],
  ['cutoff', 'varchar'],
  ['horizon', 'double'],
] as const
const LINES_AT_ONCE = 10_000
const SAID = ['value', 'probability', 'expected_purchases'] as const

/** Writes the file whole or not at all: beside it first, then renamed. Gives the number of rows. Errors: `UsageError`, `DataError`. */
export async function writePredictions(file: string, models: readonly ModelPredictions[]): Promise<number> {
  requireWritable(file)
  await writeWholeFile(file, 'predictions', async partial => {
    if (file.endsWith('.csv')) writeCsv(partial, models)
    else await writeParquet(partial, models)
  })
  return models.reduce((sum, { predictions }) => sum + predictions.length, 0)
}

/** In parts: a million customers and all models are more text than one string can hold. */
function writeCsv(file: string, models: readonly ModelPredictions[]): void {
  const written = fs.openSync(file, 'w')
  try {
    let lines = [COLUMNS.map(([name]) => name).join(',')]
    const flush = (): void => {
      fs.writeFileSync(written, `${lines.join('\n')}\n`)
      lines = []
    }
    for (const row of fileRows(models)) {
      lines.push(row.map(inCsv).join(','))
      if (lines.length === LINES_AT_ONCE) flush()
    }
    if (lines.length > 0) flush()
  } finally {
    fs.closeSync(written)
  }
}

async function writeParquet(file: string, models: readonly ModelPredictions[]): Promise<void> {
  await withDuckDb(async connection => {
    await connection.run(`create table predictions (${COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ')})`)
    const appender = await connection.createAppender('predictions')
    for (const row of fileRows(models)) {
      for (const cell of row) {
        if (cell === null) appender.appendNull()
        else if (typeof cell === 'number') appender.appendDouble(cell)
        else appender.appendVarchar(cell)
      }
      appender.endRow()
    }
    appender.closeSync()
    await connection.run(`copy predictions to '${file.replace(/'/g, "''")}' (format parquet)`)
  })
}

function* fileRows(models: readonly ModelPredictions[]): Generator<readonly (string | number | null)[]> {
  for (const { model, predictions, observeFrom, cutoff, horizon } of models) {
    for (const row of predictions.rows())
      yield [row.customer_id, model, ...SAID.map(name => row[name]), observeFrom, cutoff, horizon]
  }
}

async function withDuckDb<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', autoinstall_known_extensions: 'false' })
  const connection = await instance.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
