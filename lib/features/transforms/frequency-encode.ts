import type { Cell } from '../../schema/index.ts'
import { categories, numbersIn, numeric, textIn, textsIn } from './columns.ts'
import { frequent } from './one-hot.ts'
import { replaced, type Step, type Transform } from './step.ts'

type Frequency<K extends string> = Step<{ readonly [P in K]: Cell }, K, { readonly [P in K as `${P}_frequency`]: number }>

/**
 * A column of categories to the share of the fitted rows that hold the same one: `country` becomes `country_frequency`. It
 * looks at no target, so nothing of the outcome can leak through it. Unseen categories are 0, missing ones stay missing.
 * The inverse gives the most frequent category of that share (first by name among equals), null where there is none.
 */
export function frequencyEncode<K extends string>(column: K): Frequency<K> {
  return {
    kind: 'frequency-encode',
    columns: [column],
    fit: table => {
      const cells = categories(table, column, 'frequency-encode')
      const values = frequent(cells)
      const counts = new Map<string, number>()
      for (const cell of cells) if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1)
      return { column, values, shares: values.map(value => (counts.get(value) as number) / cells.length) }
    },
  }
}

export const frequencyEncodeTransform: Transform = {
  kind: 'frequency-encode',
  transform: (layout, columns) => {
    const name = textIn(layout, 'column')
    const learnt = numbersIn(layout, 'shares')
    const shares = new Map(textsIn(layout, 'values').map((value, i) => [value, learnt[i] as number]))
    const cells = categories(columns, name, 'frequency-encode')
    const encoded = Float64Array.from(cells, cell => (cell === null ? NaN : (shares.get(cell) ?? 0)))
    return replaced(columns, name, [[`${name}_frequency`, encoded]])
  },
  inverse: (layout, columns) => {
    const name = textIn(layout, 'column')
    const [values, shares] = [textsIn(layout, 'values'), numbersIn(layout, 'shares')]
    const encoded = numeric(columns, `${name}_frequency`, 'frequency-encode')
    const restored = Array.from(encoded, share => values[shares.indexOf(share)] ?? null)
    return replaced(columns, `${name}_frequency`, [[name, restored]])
  },
}
