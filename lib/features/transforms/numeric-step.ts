import { UsageError } from '../../errors/index.ts'
import { numeric, partsIn, sortedKnown, textIn } from './columns.ts'
import type { InPlace, Layout, Transform } from './step.ts'

/** How one number becomes another, under the layout of its column. */
export interface NumberRule {
  readonly kind: string
  /** Learns from the sorted values that are there. */
  learn(sorted: Float64Array): Layout
  forward(layout: Layout): (value: number) => number
  back(layout: Layout): (value: number) => number
}

/** A step that applies a rule to each of its columns in place. Missing values are left out of the fit and stay missing. */
export function inPlace<K extends string>(rule: NumberRule, columns: readonly K[]): InPlace<K> {
  requireColumns(rule.kind, columns)
  return {
    kind: rule.kind,
    columns,
    fit: table => ({ columns: columns.map(column => ({ column, ...rule.learn(sortedKnown(table, column, rule.kind)) })) }),
  }
}

/** The other half of such a step: what a saved layout does. */
export function numericTransform(rule: NumberRule): Transform {
  const rewrite =
    (direction: 'forward' | 'back'): Transform['transform'] =>
    (layout, columns) => {
      const result = new Map(columns)
      for (const part of partsIn(layout)) {
        const name = textIn(part, 'column')
        result.set(name, numeric(columns, name, rule.kind).map(rule[direction](part)))
      }
      return result
    }
  return { kind: rule.kind, transform: rewrite('forward'), inverse: rewrite('back') }
}

/** Errors: `UsageError` for no column, or one named twice. */
export function requireColumns(kind: string, columns: readonly string[]): void {
  if (columns.length > 0 && new Set(columns).size === columns.length) return
  throw new UsageError({
    code: 'bad-columns',
    what: `${kind} was given ${columns.length === 0 ? 'no column' : 'a column twice'}`,
    remedy: 'name each column once',
  })
}
