import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { DataError } from '../../errors/index.ts'
import type { Database } from '../database.ts'
import { rawSql } from './csv.ts'
import { requireColumns } from './header.ts'
import { identifier, literal } from './sql.ts'
import type { Rows } from './sift.ts'

/** The rows of a Parquet file as text. Errors: `DataError` for a damaged or truncated file, for missing columns and for wanted ones that hold lists, structs or bytes. */
export async function openParquet(
  file: string,
  wanted: readonly string[],
  database: Database,
): Promise<Rows & { readonly names: readonly string[] }> {
  const relation = `read_parquet(${literal(file)})`
  const types = await columnTypes(file, relation, database)
  const names = [...types.keys()]
  requireColumns(file, names, wanted)
  for (const name of wanted) requirePlain(file, name, types.get(name) as string)
  const hash = createHash('sha256')
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer)
  return { names, source: { checksum: hash.digest('hex'), relation, raw: rawSql(names.map(textOf)) }, column: textOf }
}

const textOf = (name: string): string => `cast(${identifier(name)} as varchar)`

function requirePlain(file: string, name: string, type: string): void {
  if (!/\]$|^(STRUCT|MAP|UNION|BLOB|VARIANT)\b/.test(type)) return
  const shown = type.length > 60 ? `${type.slice(0, 60)}…` : type
  throw new DataError({
    code: 'nested-column',
    what: `the column "${name}" holds ${type === 'BLOB' ? 'bytes' : 'nested values'}, not one value a row: ${shown}`,
    where: file,
    remedy: 'map a column of text, numbers or times, or write the part that is meant into one',
  })
}

async function columnTypes(file: string, relation: string, database: Database): Promise<ReadonlyMap<string, string>> {
  try {
    const described = await database.table<{ column_name: string; column_type: string }>(
      `select column_name, column_type from (describe select * from ${relation})`,
      'observed',
    )
    return new Map([...described.rows()].map(({ column_name, column_type }) => [column_name, column_type]))
  } catch (cause) {
    throw new DataError({
      code: 'damaged-parquet',
      what: 'the Parquet file is damaged or truncated',
      where: file,
      remedy: 'get the file again',
      cause,
    })
  }
}
