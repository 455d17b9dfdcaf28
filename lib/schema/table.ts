import * as aq from 'arquero'
import { LeakageError, SchemaError } from '../errors/index.ts'
import { DISPLAY, type Displayable, type MimeBundle } from './display.ts'
import { renderTable } from './render-table.ts'

/** What a cell can hold. Missing is `null`; a missing number may also be NaN inside a numeric column. */
export type Cell = number | string | boolean | Date | null

/** A row's shape: column name to cell type. Written as a type alias: `type R = { customer_id: string; age: number }`. */
export type Row = Readonly<Record<string, Cell>>

/**
 * When a table's values became known.
 * `observed`: before the cutoff, so features may use it. `outcome`: in the horizon after the cutoff.
 * `labelled`: a join of both, only for training and scoring. `predicted`: what a model says.
 */
export type When = 'observed' | 'outcome' | 'labelled' | 'predicted'

/** When the values of two joined tables are known: unequal times make a labelled table. */
export type JoinedWhen<A extends When, B extends When> = [A] extends [B] ? ([B] extends [A] ? A : 'labelled') : 'labelled'

/** A column as stored: numbers in a Float64Array (missing is NaN), everything else in an array. */
export type Column<T extends Cell> = [T] extends [number] ? Float64Array : readonly T[]

export type Columns<R extends Row> = { readonly [K in keyof R]: Column<R[K]> }

type NumericKeys<R extends Row> = { [K in keyof R]: [R[K]] extends [number] ? K : never }[keyof R] & string

/**
 * A table whose columns and their types, and the time at which its values became known, are part of its type.
 * A thin face over an Arquero ColumnTable (`.arquero`), immutable; a verb returns a new table.
 */
export class Table<R extends Row, W extends When = 'observed'> implements Displayable {
  readonly when: W
  /** The Arquero table behind this one, for whatever this face does not offer. */
  readonly arquero: aq.ColumnTable
  /** Phantom: the row type, so that two tables of unlike rows are unlike types. */
  declare readonly row: R
  private readonly arrays = new Map<string, ArrayLike<Cell>>()

  private constructor(arquero: aq.ColumnTable, when: W) {
    this.arquero = arquero
    this.when = when
  }

  /** A table from columns of equal length. Errors: `SchemaError` for unequal lengths. */
  static fromColumns<R extends Row, W extends When = 'observed'>(columns: Columns<R>, when: W = 'observed' as W): Table<R, W> {
    const entries = Object.entries(columns) as [string, ArrayLike<Cell>][]
    const length = entries[0]?.[1].length ?? 0
    for (const [name, values] of entries) {
      if (values.length !== length) {
        throw new SchemaError({
          code: 'unequal-lengths',
          what: `column "${name}" has ${values.length} values where "${entries[0]?.[0]}" has ${length}`,
          remedy: 'give every column the same number of values',
        })
      }
    }
    return new Table<R, W>(aq.table(entries as never), when)
  }

  /** A table from row objects; numeric columns (no null) become Float64Array. */
  static fromRows<R extends Row, W extends When = 'observed'>(rows: readonly R[], names: readonly (keyof R & string)[], when: W = 'observed' as W): Table<R, W> {
    const columns: Record<string, ArrayLike<Cell>> = {}
    for (const name of names) {
      const values = rows.map(row => row[name] as Cell)
      columns[name] = values.every(value => typeof value === 'number') ? Float64Array.from(values as number[]) : values
    }
    return Table.fromColumns<R, W>(columns as never, when)
  }

  /** Wraps an Arquero table under a row type that the caller vouches for. */
  static wrap<R extends Row, W extends When = 'observed'>(arquero: aq.ColumnTable, when: W = 'observed' as W): Table<R, W> {
    return new Table<R, W>(arquero.reify(), when)
  }

  get length(): number {
    return this.arquero.numRows()
  }

  get names(): readonly (keyof R & string)[] {
    return this.arquero.columnNames() as (keyof R & string)[]
  }

  has(name: string): boolean {
    return this.arquero.columnIndex(name) >= 0
  }

  /** The values of a column, in row order. Do not write to them. */
  column<K extends keyof R & string>(name: K): Column<R[K]> {
    this.require(name)
    return this.values(name) as Column<R[K]>
  }

  /** The stored array itself where there is one; else it is made once. */
  private values(name: string): ArrayLike<Cell> {
    const known = this.arrays.get(name)
    if (known !== undefined) return known
    const stored = this.arquero.data()[name] as unknown
    const values = Array.isArray(stored) || stored instanceof Float64Array ? (stored as ArrayLike<Cell>) : (this.arquero.array(name) as ArrayLike<Cell>)
    const numeric = !(values instanceof Float64Array) && values.length > 0 && Array.from(values).every(value => typeof value === 'number')
    const kept = numeric ? Float64Array.from(values as ArrayLike<number>) : values
    this.arrays.set(name, kept)
    return kept
  }

  /** The names of the numeric columns (Float64Array). */
  numericNames(): readonly NumericKeys<R>[] {
    return this.names.filter(name => this.values(name) instanceof Float64Array) as never
  }

  select<K extends keyof R & string>(...names: readonly K[]): Table<Pick<R, K>, W> {
    names.forEach(name => this.require(name))
    return new Table<Pick<R, K>, W>(this.arquero.select(...names), this.when)
  }

  rename<K extends keyof R & string, N extends string>(from: K, to: N): Table<Omit<R, K> & { readonly [P in N]: R[K] }, W> {
    this.require(from)
    return new Table(this.arquero.rename({ [from]: to }), this.when) as never
  }

  /** Adds columns computed row by row with plain functions. */
  derive<D extends Record<string, (row: R) => Cell>>(
    definitions: D,
  ): Table<Omit<R, keyof D> & { readonly [K in keyof D]: Widen<ReturnType<D[K]>> }, W> {
    const rows = [...this.rows()]
    const added: Record<string, ArrayLike<Cell>> = {}
    for (const [name, define] of Object.entries(definitions)) {
      const values = rows.map(define)
      added[name] = values.every(value => typeof value === 'number') ? Float64Array.from(values as number[]) : values
    }
    return new Table(this.arquero.assign(aq.table(added as never)), this.when) as never
  }

  filter(keep: (row: R, index: number) => boolean): Table<R, W> {
    const indices: number[] = []
    let index = 0
    for (const row of this.rows()) {
      if (keep(row, index)) indices.push(index)
      index++
    }
    return this.take(indices)
  }

  /** The rows at these positions, in this order. */
  take(indices: ArrayLike<number>): Table<R, W> {
    const columns: Record<string, ArrayLike<Cell>> = {}
    for (const name of this.names) {
      const values = this.values(name)
      const taken = values instanceof Float64Array ? new Float64Array(indices.length) : new Array<Cell>(indices.length)
      for (let i = 0; i < indices.length; i++) taken[i] = values[indices[i] as number] as never
      columns[name] = taken
    }
    return Table.fromColumns<R, W>(columns as never, this.when)
  }

  head(count = 10): Table<R, W> {
    return this.take(Array.from({ length: Math.min(count, this.length) }, (_, i) => i))
  }

  orderBy<K extends keyof R & string>(name: K, direction: 'ascending' | 'descending' = 'ascending'): Table<R, W> {
    this.require(name)
    return new Table<R, W>(this.arquero.orderby(direction === 'descending' ? aq.desc(name) : name).reify(), this.when)
  }

  /** Inner join on a key column; the right table's other columns must have new names. */
  join<S extends Row, V extends When, K extends keyof R & keyof S & string>(
    other: Table<S, V>,
    key: K,
  ): Table<R & Omit<S, K>, JoinedWhen<W, V>> {
    this.require(key)
    other.require(key)
    const clash = other.names.filter(name => name !== key && this.has(name))
    if (clash.length > 0) {
      throw new SchemaError({ code: 'join-clash', what: `both tables have the column "${clash[0]}"`, remedy: 'rename or select before joining' })
    }
    const when = (other.when as When) === (this.when as When) ? this.when : 'labelled'
    return new Table(this.arquero.join(other.arquero, key as never).reify(), when) as never
  }

  /** Rows as plain objects, lazily. */
  *rows(): Generator<R> {
    const names = this.names
    const arrays = names.map(name => this.values(name))
    for (let i = 0; i < this.length; i++) {
      const row: Record<string, Cell> = {}
      for (let c = 0; c < names.length; c++) row[names[c] as string] = arrays[c]?.[i] as Cell
      yield row as R
    }
  }

  /** Stands behind the compiler for dynamic data. Errors: `LeakageError` unless the table was known at `when`. */
  requireWhen(when: When, where: string): void {
    if ((this.when as When) !== when) {
      throw new LeakageError({
        code: 'wrong-time',
        what: `a table of ${this.when} values was given where only ${when} values are allowed`,
        where,
        remedy: when === 'observed' ? 'use features computed from what was observed before the cutoff' : `give a table of ${when} values`,
      })
    }
  }

  private require(name: string): void {
    if (this.has(name)) return
    throw new SchemaError({
      code: 'unknown-column',
      what: `there is no column "${name}"`,
      where: `a table with the columns ${this.names.join(', ')}`,
      remedy: 'check the spelling against the list above',
    })
  }

  [DISPLAY](): MimeBundle {
    return renderTable(this.names, name => this.values(name), this.length)
  }
}

/** Literal types from a derive function widen to the column's type. */
type Widen<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : T
