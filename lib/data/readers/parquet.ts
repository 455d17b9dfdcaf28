import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { DataError } from '../../errors/index.ts'
import type { Database } from '../database.ts'
import { rawSql } from './csv.ts'
import { requireColumns } from './header.ts'
import { identifier, literal } from './sql.ts'
import type { Rows } from './sift.ts'

/** The rows of a Parquet file as text. Errors: `DataError` for a damaged or truncated file and for missing columns. */
export async function openParquet(
  file: string,
  wanted: readonly string[],
  database: Database,
): Promise<Rows & { readonly names: readonly string[] }> {
  const relation = `read_parquet(${literal(file)})`
  const names = await columnNames(file, relation, database)
  requireColumns(file, names, wanted)
  const hash = createHash('sha256')
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer)
  return { names, source: { checksum: hash.digest('hex'), relation, raw: rawSql(names.map(textOf)) }, column: textOf }
}

const textOf = (name: string): string => `cast(${identifier(name)} as varchar)`

async function columnNames(file: string, relation: string, database: Database): Promise<readonly string[]> {
  try {
    const described = await database.table<{ column_name: string }>(
      `select column_name from (describe select * from ${relation})`,
      'observed',
    )
    return [...described.column('column_name')]
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
