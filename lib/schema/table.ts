import * as aq from 'arquero'
import { LeakageError, SchemaError } from '../errors/index.ts'
import { DISPLAY, type Displayable, type MimeBundle } from './display.ts'
import { remember, requireNotLater } from './leakage.ts'
import { compareCells, groupRows, matchKeys } from './join.ts'
import { renderTable, type Look } from './render-table.ts'

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
  private readonly look: Look

  private constructor(arquero: aq.ColumnTable, when: W, look: Look = {}) {
    this.arquero = arquero
    this.when = when
    this.look = look
  }

  /** A table of what was observed, its types read off the columns: `Table.of({ name: ['a', 'b'], age: [30, 41] })`. */
  static of<const C extends Readonly<Record<string, Float64Array | readonly Cell[]>>>(columns: C): Table<RowOf<C>> {
    return Table.fromColumns<RowOf<C>>(
      Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, stored(values)])) as never,
    )
  }

  /** A table from columns of equal length, whose row type the caller states. Errors: `SchemaError` for unequal lengths. */
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

  /** A table from row objects; numeric columns (no null) become Float64Array. Errors: `LeakageError` for what the outcome tells, named as observed. */
  static fromRows<R extends Row, W extends When = 'observed'>(
    rows: readonly R[],
    names: readonly (keyof R & string)[],
    when: W = 'observed' as W,
  ): Table<R, W> {
    requireNotLater(names, when, 'Table.fromRows', rows)
    const columns: Record<string, ArrayLike<Cell>> = {}
    for (const name of names) {
      const values = rows.map(row => row[name] as Cell)
      columns[name] = stored(values)
    }
    return Table.fromColumns<R, W>(columns as never, when)
  }

  /**
   * Wraps what Arquero's own verbs made, under a row type and a time that the caller vouches for. Errors: `LeakageError` for columns of the outcome
   * under the name of what was observed.
   */
  static wrap<R extends Row, W extends When>(arquero: aq.ColumnTable, when: W): Table<R, W> {
    requireNotLater(arquero.columnNames(), when, 'Table.wrap')
    return new Table<R, W>(arquero.reify(), when)
  }

  get length(): number {
    return this.arquero.numRows()
  }

  /** Names of the columns, in order. Plain strings: a table with more columns may stand where fewer are asked for. */
  get names(): readonly string[] {
    return this.arquero.columnNames()
  }

  has(name: string): boolean {
    return this.arquero.columnIndex(name) >= 0
  }

  /** The values of a column, in row order. Do not write to them. Errors: `SchemaError` for a name that is not there. */
  column<K extends keyof R & string>(name: K): Column<R[K]> {
    this.require(name)
    return this.values(name) as Column<R[K]>
  }

  /** The names of the numeric columns (Float64Array). */
  numericNames<S extends Row>(this: Table<S, When>): readonly NumericKeys<S>[] {
    return this.names.filter(name => this.values(name) instanceof Float64Array) as never
  }

  select<K extends keyof R & string>(...names: readonly K[]): Table<Pick<R, K>, W> {
    return Table.make(
      names.map(name => [name, this.column(name) as ArrayLike<Cell>]),
      this.when,
    )
  }

  /** All columns but these. */
  drop<K extends keyof R & string>(...names: readonly K[]): Table<Omit<R, K>, W> {
    names.forEach(name => this.require(name))
    return Table.make(
      this.entries().filter(([name]) => !(names as readonly string[]).includes(name)),
      this.when,
    )
  }

  /** The column in its place under another name. Errors: `SchemaError` where the new name is taken. */
  rename<K extends keyof R & string, N extends string>(from: K, to: N): Table<Omit<R, K> & { readonly [P in N]: R[K] }, W> {
    this.require(from)
    if (from !== (to as string) && this.has(to)) {
      throw new SchemaError({
        code: 'name-taken',
        what: `there is a column "${to}" already`,
        where: `rename "${from}"`,
        remedy: 'choose another name, or drop that column first',
      })
    }
    return Table.make(
      this.entries().map(([name, values]) => [name === from ? to : name, values]),
      this.when,
    )
  }

  /** Adds columns computed row by row with plain functions; a definition under a known name replaces that column. */
  derive<D extends Record<string, (row: R) => Cell>>(
    definitions: D,
  ): Table<Omit<R, keyof D> & { readonly [K in keyof D]: Widen<ReturnType<D[K]>> }, W> {
    const at = this.view()
    const columns = new Map(this.entries())
    for (const [name, define] of Object.entries(definitions)) {
      columns.set(name, stored(Array.from({ length: this.length }, (_, i) => define(at(i)))))
    }
    return Table.make([...columns], this.when)
  }

  filter(keep: (row: R, index: number) => boolean): Table<R, W> {
    const at = this.view()
    const indices: number[] = []
    for (let i = 0; i < this.length; i++) if (keep(at(i), i)) indices.push(i)
    return this.take(indices)
  }

  /** The rows at these positions, in this order. Errors: `SchemaError` for a position outside the table. */
  take(indices: ArrayLike<number>): Table<R, W> {
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] as number
      if (Number.isInteger(index) && index >= 0 && index < this.length) continue
      throw new SchemaError({
        code: 'no-such-row',
        what: `there is no row ${index}`,
        where: `a table of ${this.length} rows`,
        remedy: 'rows count from 0',
      })
    }
    return Table.make(
      this.entries().map(([name, values]) => [name, pick(values, indices)]),
      this.when,
    )
  }

  head(count = 10): Table<R, W> {
    return this.take(Array.from({ length: Math.min(count, this.length) }, (_, i) => i))
  }

  /** Sorted by one column, equal values in their old order, missing values last either way. */
  orderBy<K extends keyof R & string>(name: K, direction: 'ascending' | 'descending' = 'ascending'): Table<R, W> {
    const values = this.column(name) as ArrayLike<Cell>
    const turn = direction === 'descending' ? -1 : 1
    return this.take(
      Array.from({ length: this.length }, (_, i) => i).sort((a, b) => {
        const order = compareCells(values[a] as Cell, values[b] as Cell)
        return Number.isFinite(order) ? order * turn || a - b : Math.sign(order)
      }),
    )
  }

  /** The rows of both tables, this one's first; the columns are this table's. */
  concat(other: Table<R, W>): Table<R, W> {
    other.requireWhen(this.when, 'concat')
    return Table.make(
      this.entries().map(([name, values]) => {
        other.require(name)
        const more = other.values(name)
        if (values instanceof Float64Array && more instanceof Float64Array) {
          const both = new Float64Array(values.length + more.length)
          both.set(values)
          both.set(more, values.length)
          return [name, both]
        }
        return [name, stored([...Array.from(values), ...Array.from(more)])]
      }),
      this.when,
    )
  }

  /** Inner join on a key column, in this table's order; the right table's other columns must have new names. */
  join<S extends Row, V extends When, K extends keyof R & keyof S & string>(
    other: Table<S, V>,
    key: K,
  ): Table<R & Omit<S, K>, JoinedWhen<W, V>> {
    this.require(key)
    other.require(key)
    const clash = other.names.filter(name => name !== key && this.has(name))
    if (clash.length > 0) {
      throw new SchemaError({
        code: 'join-clash',
        what: `both tables have the column "${clash[0]}"`,
        remedy: 'rename or select before joining',
      })
    }
    const { left, right } = matchKeys(this.values(key), other.values(key))
    const columns: Entry[] = [
      ...this.entries().map(([name, values]): Entry => [name, pick(values, left)]),
      ...other
        .entries()
        .filter(([name]) => name !== key)
        .map(([name, values]): Entry => [name, pick(values, right)]),
    ]
    return Table.make(columns, ((other.when as When) === (this.when as When) ? this.when : 'labelled') as JoinedWhen<W, V>)
  }

  /**
   * One row per distinct value of the keys, in order of first appearance, with columns computed from each group's own table:
   * `table.rollup(['segment'], { customers: group => group.length })`.
   */
  rollup<K extends keyof R & string, D extends Record<string, (group: Table<R, W>) => Cell>>(
    keys: readonly K[],
    definitions: D,
  ): Table<Pick<R, K> & { readonly [P in keyof D]: Widen<ReturnType<D[P]>> }, W> {
    const groups = groupRows(
      keys.map(key => this.column(key) as ArrayLike<Cell>),
      this.length,
    )
    const tables = groups.map(indices => this.take(indices))
    return Table.make(
      [
        ...keys.map((key): Entry => [
          key,
          pick(
            this.values(key),
            groups.map(indices => indices[0] as number),
          ),
        ]),
        ...Object.entries(definitions).map(([name, define]): Entry => [name, stored(tables.map(define))]),
      ],
      this.when,
    )
  }

  /** The same rows, shown under a title, and columns under these words instead of their names: `table.titled('Segments', { spend_share: 'of spend' })`. */
  titled(title: string, words: { readonly [K in keyof R & string]?: string } = {}): Table<R, W> {
    return new Table<R, W>(this.arquero, this.when, { title, words })
  }

  /** Rows as plain objects, lazily. */
  *rows(): Generator<R> {
    const names = this.names
    const arrays = names.map(name => this.values(name))
    for (let i = 0; i < this.length; i++) {
      const row: Record<string, Cell> = {}
      for (let c = 0; c < names.length; c++) row[names[c] as string] = arrays[c]?.[i] as Cell
      remember(row, this.when)
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
        remedy:
          when === 'observed'
            ? 'use features computed from what was observed before the cutoff'
            : `give a table of ${when} values`,
      })
    }
  }

  private static make<R extends Row, W extends When>(entries: readonly Entry[], when: W): Table<R, W> {
    return new Table<R, W>(aq.table(entries as never), when)
  }

  private entries(): Entry[] {
    return this.names.map(name => [name, this.values(name)])
  }

  /** The stored array itself where there is one; else it is made once. */
  private values(name: string): ArrayLike<Cell> {
    const known = this.arrays.get(name)
    if (known !== undefined) return known
    const raw = this.arquero.data()[name] as unknown
    const direct = !this.arquero.isFiltered() && !this.arquero.isOrdered() && (Array.isArray(raw) || raw instanceof Float64Array)
    const kept = stored((direct ? raw : this.arquero.array(name)) as ArrayLike<Cell>)
    this.arrays.set(name, kept)
    return kept
  }

  /** Rows that read the columns on demand: a function of two columns touches two, however wide the table is. */
  private view(): (index: number) => R {
    const cursor = class {
      readonly index: number
      constructor(index: number) {
        this.index = index
      }
    }
    for (const [name, values] of this.entries()) {
      Object.defineProperty(cursor.prototype, name, {
        enumerable: true,
        get(this: { readonly index: number }) {
          return values[this.index]
        },
      })
    }
    return index => new cursor(index) as never
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
    return renderTable(this.names, name => this.values(name), this.length, this.when, this.look)
  }
}

/** The row type of columns given as arrays. */
export type RowOf<C> = {
  readonly [K in keyof C]: C[K] extends Float64Array
    ? number
    : C[K] extends readonly (infer T)[]
      ? Widen<Extract<T, Cell>>
      : never
}

/** Literal types from a derive function widen to the column's type. */
type Widen<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : T

type Entry = readonly [string, ArrayLike<Cell>]

/** A column as it is kept: numbers alone in a Float64Array, all else as it came. */
function stored(values: ArrayLike<Cell>): ArrayLike<Cell> {
  if (values instanceof Float64Array || values.length === 0) return values
  for (let i = 0; i < values.length; i++) if (typeof values[i] !== 'number') return values
  return Float64Array.from(values as ArrayLike<number>)
}

function pick(values: ArrayLike<Cell>, indices: ArrayLike<number>): ArrayLike<Cell> {
  if (!(values instanceof Float64Array)) return Array.from(indices, index => values[index] as Cell)
  const picked = new Float64Array(indices.length)
  for (let i = 0; i < indices.length; i++) picked[i] = values[indices[i] as number] as number
  return picked
}
