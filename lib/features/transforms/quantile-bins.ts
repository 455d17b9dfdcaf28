import { UsageError } from '../../errors/index.ts'
import { numbersIn, numeric, partsIn, quantile, sortedKnown, textIn } from './columns.ts'
import { requireColumns } from './numeric-step.ts'
import { replaced, type Step, type Transform } from './step.ts'

type Bins<K extends string> = Step<{ readonly [P in K]: number }, K, { readonly [P in K as `${P}_bin`]: number }>

/**
 * Numeric columns to the number of their quantile bin, 0 for the lowest: `spend` becomes `spend_bin`. A bin holds the values
 * from its lower edge up to, not including, its upper one; edges that coincide are merged, so equal values share a bin
 * and there may be fewer bins than asked for. Values outside the fitted range go to the outer bins, missing ones stay
 * missing. The inverse gives each bin's median in the fitted table.
 */
export function quantileBins<K extends string>(columns: K | readonly K[], { bins }: { readonly bins: number }): Bins<K> {
  const names = (typeof columns === 'string' ? [columns] : columns) as readonly K[]
  requireColumns('quantile-bins', names)
  if (!(Number.isInteger(bins) && bins >= 2)) {
    throw new UsageError({ code: 'bad-bins', what: `quantileBins was asked for ${bins} bins`, remedy: 'ask for 2 or more' })
  }
  return {
    kind: 'quantile-bins',
    columns: names,
    fit: table => ({
      columns: names.map(column => {
        const sorted = sortedKnown(table, column, 'quantile-bins')
        const cuts = Array.from({ length: bins - 1 }, (_, i) => quantile(sorted, (i + 1) / bins))
        const edges = [...new Set(cuts)].filter(cut => cut > (sorted[0] as number))
        const medians = Array.from({ length: edges.length + 1 }, (_, bin) => {
          const inside = sorted.filter(value => binOf(edges, value) === bin)
          return inside.length > 0 ? quantile(inside, 0.5) : (edges[bin - 1] as number)
        })
        return { column, edges, medians }
      }),
    }),
  }
}

export const quantileBinsTransform: Transform = {
  kind: 'quantile-bins',
  transform: (layout, columns) =>
    partsIn(layout).reduce((map, part) => {
      const name = textIn(part, 'column')
      const edges = numbersIn(part, 'edges')
      return replaced(map, name, [[`${name}_bin`, numeric(map, name, 'quantile-bins').map(value => binOf(edges, value))]])
    }, columns),
  inverse: (layout, columns) =>
    partsIn(layout).reduce((map, part) => {
      const name = textIn(part, 'column')
      const medians = numbersIn(part, 'medians')
      return replaced(map, `${name}_bin`, [[name, numeric(map, `${name}_bin`, 'quantile-bins').map(bin => medians[bin] ?? NaN)]])
    }, columns),
}

/** How many edges lie at or below the value. */
function binOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return NaN
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}
