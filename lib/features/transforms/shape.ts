import type { Cell, Row } from '../../schema/index.ts'
import type { Step } from './step.ts'

/** What the compiler reads off a list of steps. */
export type Steps = readonly Step[]

type Shape<S> = S extends { readonly shape?: infer T } ? NonNullable<T> : never
type Needs<S> = Shape<S> extends { readonly needs: infer N } ? N : never
type Drops<S> = Shape<S> extends { readonly drops: infer D extends string } ? D : never
type Adds<S> = Shape<S> extends { readonly adds: infer A } ? A : never

type Flat<T> = { readonly [K in keyof T]: T[K] }

/** The columns that a table must have for these steps: what they need and no earlier step adds. */
export type NeedsOf<S, Added = unknown> = S extends readonly [infer H, ...infer T]
  ? Flat<Omit<Needs<H>, keyof Added>> & NeedsOf<T, Added & Adds<H>>
  : unknown

/** Steps in a list of unknown length (a loaded file) say nothing to the compiler. */
type Unknown<S> = S extends { readonly length: infer N } ? (number extends N ? true : false) : true
type AnyRow = Readonly<Record<string, Cell>>

/** A table's row after these steps. */
export type After<R, S> =
  Unknown<S> extends true ? AnyRow : S extends readonly [infer H, ...infer T] ? After<Flat<Omit<R, Drops<H>> & Adds<H>>, T> : R

/** A table's row before these steps, told from the row after them. */
export type Before<Q, S> =
  Unknown<S> extends true
    ? AnyRow
    : S extends readonly [...infer T, infer L]
      ? Before<Flat<Omit<Q, keyof Adds<L>> & Pick<Needs<L>, Drops<L> & keyof Needs<L>>>, T>
      : Q

/** The same as a row of a table. */
export type AsRow<T> = T extends Row ? T : AnyRow
