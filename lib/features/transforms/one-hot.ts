import { FitError } from '../../errors/index.ts'
import type { Cell } from '../../schema/index.ts'
import { categories, numeric, textIn, textsIn } from './columns.ts'
import { replaced, type ColumnMap, type Step, type Transform } from './step.ts'

/** What stands in a column of categories for those that had no column of their own, after an inverse. */
export const OTHER = '(other)'

type OneHot<K extends string, V extends string> = Step<
  { readonly [P in K]: Cell },
  K,
  { readonly [P in V as `${K}_${P}`]: number } & { readonly [P in K as `${P}_other`]: number }
>

/**
 * A column of categories to one column of 0 and 1 for each: `country` becomes `country_DE`, `country_FR`, …, `country_other`.
 * Name the values and the compiler knows the columns; without `values` they are learnt, the most frequent first (equal
 * counts by name), at most `max` of them (20). A category without a column, seen or unseen at the fit, is 1 in `…_other`; a
 * missing one is 0 everywhere. The inverse gives the category of the largest column, "(other)" for `…_other`, and null
 * where all are 0.
 */
export function oneHot<K extends string, const V extends string = string>(
  column: K,
  { values, max = 20 }: { readonly values?: readonly V[]; readonly max?: number } = {},
): OneHot<K, V> {
  return {
    kind: 'one-hot',
    columns: [column],
    fit: table => {
      const names = values ?? frequent(categories(table, column, 'one-hot')).slice(0, max)
      if (new Set([...names, 'other']).size <= names.length) {
        throw new FitError({
          code: 'name-taken',
          what: `"other" or a repeated value cannot be a column of oneHot('${column}')`,
          remedy: 'rename that category first',
        })
      }
      return { column, values: names }
    },
  }
}

export const oneHotTransform: Transform = {
  kind: 'one-hot',
  transform: (layout, columns) => {
    const [name, values] = [textIn(layout, 'column'), textsIn(layout, 'values')]
    const cells = categories(columns, name, 'one-hot')
    const known = new Set(values)
    return replaced(columns, name, [
      ...values.map(value => [`${name}_${value}`, Float64Array.from(cells, cell => (cell === value ? 1 : 0))] as const),
      [`${name}_other`, Float64Array.from(cells, cell => (cell !== null && !known.has(cell) ? 1 : 0))],
    ])
  },
  inverse: (layout, columns) => {
    const [name, values] = [textIn(layout, 'column'), textsIn(layout, 'values')]
    const choices = [...values, OTHER]
    const inputs = [...values, 'other'].map(value => numeric(columns, `${name}_${value}`, 'one-hot'))
    const restored = Array.from({ length: inputs[0]?.length ?? 0 }, (_, i) => {
      let best = -1
      inputs.forEach((input, c) => {
        if ((input[i] as number) > (best < 0 ? 0 : (inputs[best]?.[i] as number))) best = c
      })
      return best < 0 ? null : (choices[best] as string)
    })
    const [first = `${name}_other`, ...others] = [...values, 'other'].map(value => `${name}_${value}`)
    const rest: ColumnMap = new Map([...columns].filter(([key]) => !others.includes(key)))
    return replaced(rest, first, [[name, restored]])
  },
}

/** Distinct values, the most frequent first, equal counts by name. */
export function frequent(cells: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>()
  for (const cell of cells) if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([value]) => value)
}
