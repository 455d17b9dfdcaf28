import type { Cell, Row } from '../../schema/index.ts'

/** A fitted layout: plain data, so that it is saved and loaded as JSON without loss. */
export type Layout = { readonly [name: string]: LayoutValue }
export type LayoutValue = string | number | boolean | null | readonly LayoutValue[] | Layout

/** Columns in order, by name: what a step reads and rewrites. */
export type ColumnMap = Map<string, ArrayLike<Cell>>

/**
 * One step of a pipeline, not fitted yet. `Needs` are the columns it reads, `Drops` the names that it takes away, `Adds` the
 * columns that it puts in their place; a step that rewrites a column in place drops it and adds it again.
 */
export interface Step<Needs extends Row = Row, Drops extends string = string, Adds extends Row = Row> {
  /** Names the transform in a saved layout: `one-hot`. */
  readonly kind: string
  readonly columns: readonly string[]
  /** Learns the layout from these columns. Errors: `FitError`. */
  fit(columns: ColumnMap): Layout
  /** Phantom: what the compiler knows of the step. */
  readonly shape?: { readonly needs: Needs; readonly drops: Drops; readonly adds: Adds }
}

/** What a kind of step does with its layout. */
export interface Transform {
  readonly kind: string
  transform(layout: Layout, columns: ColumnMap): ColumnMap
  inverse(layout: Layout, columns: ColumnMap): ColumnMap
}

/** A step that rewrites numeric columns in place. */
export type InPlace<K extends string> = Step<{ readonly [P in K]: number }, K, { readonly [P in K]: number }>

/** The same columns with one replaced, in its place, by others. */
export function replaced(columns: ColumnMap, name: string, by: readonly (readonly [string, ArrayLike<Cell>])[]): ColumnMap {
  return new Map([...columns].flatMap(([key, values]) => (key === name ? by : [[key, values] as const])))
}
