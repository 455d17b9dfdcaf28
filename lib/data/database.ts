import os from 'node:os'
import path from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { ClvError, DataError } from '../errors/index.ts'
import { Table, type Row, type When } from '../schema/index.ts'
import { columnsOf } from './columns.ts'
import { duckdb } from './duckdb.ts'

export interface DatabaseOptions {
  /** Processor cores that DuckDB may use; results do not depend on it. */
  readonly threads?: number
  /** Such as `4GB`. DuckDB spills to `temporaryFolder` beyond it. */
  readonly memoryLimit?: string
  /** Made when needed; a folder of this process in the system's temporary folder unless given. */
  readonly temporaryFolder?: string
}

/** An in-memory DuckDB with one connection, in UTC. */
export class Database {
  private readonly instance: DuckDBInstance
  readonly connection: DuckDBConnection
  readonly options: DatabaseOptions
  private locked = false
  private closed = false

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, options: DatabaseOptions) {
    this.instance = instance
    this.connection = connection
    this.options = options
  }

  static async open(options: DatabaseOptions = {}): Promise<Database> {
    const instance = await duckdb().DuckDBInstance.create(':memory:', {
      threads: String(options.threads ?? 2),
      ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
      temp_directory: options.temporaryFolder ?? path.join(os.tmpdir(), `clvlab-spill-${process.pid}`),
      autoinstall_known_extensions: 'false',
    })
    const connection = await instance.connect()
    await connection.run(`set TimeZone = 'UTC'`)
    return new Database(instance, connection, options)
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql)
  }

  /** From now on nothing but this database's own tables can be read, and nothing can be changed: not by any SQL. */
  async lock(): Promise<void> {
    await this.run('set enable_external_access = false')
    await this.run('set lock_configuration = true')
    this.locked = true
  }

  /** The result of a query as a typed table; the caller vouches for the row type and the time. Errors: `DataError`. */
  async table<R extends Row, W extends When = 'observed'>(sql: string, when: W): Promise<Table<R, W>> {
    if (this.closed)
      throw new DataError({
        code: 'closed',
        what: 'the events were closed',
        where: oneLine(sql),
        remedy: 'query before closing, or open them again',
      })
    try {
      if (this.locked) await this.requireOneSelect(sql)
      return Table.fromColumns<R, W>((await columnsOf(await this.connection.stream(sql))) as never, when)
    } catch (cause) {
      if (cause instanceof ClvError) throw cause
      throw new DataError({
        code: 'sql',
        what: `the query cannot be run: ${message(cause)}`,
        where: oneLine(sql),
        remedy: 'mend the SQL',
        cause,
      })
    }
  }

  /** Copies a query's result into a table of another database. */
  async copyTo(target: Database, table: string, sql: string): Promise<void> {
    const result = await this.connection.stream(sql)
    const names = result.columnNames()
    const columns = result.columnTypes().map((type, i) => `"${names[i]}" ${type.toString()}`)
    await target.run(`create table ${table} (${columns.join(', ')})`)
    const appender = await target.connection.createAppender(table)
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) break
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
  }

  /** Gives the memory back; a second time does nothing. */
  close(): void {
    if (this.closed) return
    this.closed = true
    this.connection.closeSync()
    this.instance.closeSync()
  }

  private async requireOneSelect(sql: string): Promise<void> {
    const statements = await this.connection.extractStatements(sql)
    const type = statements.count === 1 ? (await statements.prepare(0)).statementType : undefined
    if (type === duckdb().StatementType.SELECT) return
    throw new DataError({
      code: 'not-a-select',
      what: 'events can be queried, not changed',
      where: oneLine(sql),
      remedy: 'give one SELECT statement',
    })
  }
}

const message = (cause: unknown): string => (cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause))
const oneLine = (sql: string): string => sql.replace(/\s+/g, ' ').trim().slice(0, 200)
