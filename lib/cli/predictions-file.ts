import fs from 'node:fs'
import path from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { DataError, UsageError } from '../errors/index.ts'
import type { Predictions, PredictionRow } from '../models/index.ts'
import { Table } from '../schema/index.ts'

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

/** Checks before any work is done that a file can be written there. Errors: `UsageError`. */
export function requireWritable(file: string): void {
  if (!/\.(csv|parquet)$/.test(file))
    throw new UsageError({
      code: 'unknown-ending',
      what: 'the ending says neither CSV nor Parquet',
      where: file,
      remedy: 'end the name in .csv or .parquet',
    })
  const folder = path.dirname(path.resolve(file))
  if (!fs.existsSync(folder))
    throw new UsageError({ code: 'no-folder', what: 'there is no folder to write into', where: folder, remedy: 'make it first' })
  if (fs.existsSync(file) && !fs.statSync(file).isFile())
    throw new UsageError({
      code: 'not-a-file',
      what: 'there is something that is no file',
      where: file,
      remedy: 'choose another name',
    })
}

/** Writes the file whole or not at all: beside it first, then renamed. Gives the number of rows. */
export async function writePredictions(file: string, models: readonly ModelPredictions[]): Promise<number> {
  requireWritable(file)
  const partial = path.join(path.dirname(path.resolve(file)), `.${path.basename(file)}.${process.pid}.partial`)
  try {
    if (file.endsWith('.csv')) writeCsv(partial, models)
    else await writeParquet(partial, models)
    const written = fs.openSync(partial, 'r+')
    fs.fsyncSync(written)
    fs.closeSync(written)
    fs.renameSync(partial, file)
  } finally {
    fs.rmSync(partial, { force: true })
  }
  return models.reduce((sum, { predictions }) => sum + predictions.length, 0)
}

/** Reads such a file; windows that it does not hold are undefined. Errors: `DataError`. */
export async function readPredictions(file: string): Promise<readonly Partial<ModelPredictions>[]> {
  if (!fs.existsSync(file))
    throw new DataError({
      code: 'no-such-file',
      what: 'there is no such file',
      where: file,
      remedy: 'check the path; `clvlab predict … --out FILE` writes one',
    })
  const literal = `'${file.replace(/'/g, "''")}'`
  const source = file.endsWith('.parquet')
    ? `read_parquet(${literal})`
    : `read_csv(${literal}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', null_padding = false)`
  return await withDuckDb(async connection => {
    const present = (await rowsOf(connection, `select column_name from (describe select * from ${source})`, file)).map(row =>
      String(row['column_name']),
    )
    const missing = ['customer_id', 'model'].find(name => !present.includes(name))
    if (missing !== undefined)
      throw new DataError({
        code: 'missing-column',
        what: `there is no column "${missing}"`,
        where: `${file}, line 1: ${present.join(', ')}`,
        remedy: 'give a file that `clvlab predict` wrote, or one with its columns',
      })
    const select = COLUMNS.map(
      ([name, type]) =>
        `${present.includes(name) ? `cast(nullif(cast("${name}" as varchar), '') as ${type})` : `cast(null as ${type})`} as ${name}`,
    )
    const rows = await rowsOf(connection, `select ${select.join(', ')} from ${source}`, file)
    if (rows.length === 0)
      throw new DataError({ code: 'empty-file', what: 'the file holds no predictions', where: file, remedy: 'predict again' })
    return grouped(rows, file)
  })
}

function grouped(rows: readonly Record<string, unknown>[], file: string): readonly Partial<ModelPredictions>[] {
  const byModel = new Map<string, Record<string, unknown>[]>()
  for (const [i, row] of rows.entries()) {
    if (typeof row['customer_id'] !== 'string' || typeof row['model'] !== 'string')
      throw new DataError({
        code: 'no-name',
        what: 'a row has no customer_id or no model',
        where: `${file}, row ${i + 1}`,
        remedy: 'predict again',
      })
    const of = byModel.get(row['model'])
    if (of === undefined) byModel.set(row['model'], [row])
    else of.push(row)
  }
  return [...byModel].map(([model, of]) => {
    const one = (name: string): unknown => {
      const other = of.find(row => row[name] !== of[0]?.[name])
      if (other !== undefined)
        throw new DataError({
          code: 'mixed-windows',
          what: `the rows of ${model} differ in ${name}: ${String(of[0]?.[name])} and ${String(other[name])}`,
          where: file,
          remedy: 'keep predictions for different days in different files',
        })
      return of[0]?.[name] ?? undefined
    }
    const windows = Object.entries({ observeFrom: one('observe_from'), cutoff: one('cutoff'), horizon: one('horizon') }).filter(
      ([, value]) => value !== undefined,
    )
    const predictions = Table.fromRows<PredictionRow, 'predicted'>(
      of as unknown as PredictionRow[],
      ['customer_id', ...SAID],
      'predicted',
    )
    return { model, predictions, ...Object.fromEntries(windows) }
  })
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

function inCsv(cell: string | number | null): string {
  if (cell === null) return ''
  return typeof cell === 'number' ? String(cell) : quoted(cell)
}

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)

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

async function rowsOf(connection: DuckDBConnection, sql: string, file: string): Promise<Record<string, unknown>[]> {
  try {
    const read = await connection.runAndReadAll(sql)
    return read.getRowObjects()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new DataError({
      code: 'unreadable',
      what: `the predictions cannot be read: ${reason}`,
      where: file,
      remedy: 'give a file that `clvlab predict` wrote',
      cause,
    })
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
