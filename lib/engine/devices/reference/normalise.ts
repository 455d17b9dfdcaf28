import type { OpAttributes } from '../../graph/node.ts'
import type { Values } from './arrays.ts'

type Attributes = OpAttributes['normalise']

/** The positions of what is normalised together: of each row, or of each column. */
function sets({ dims, data }: Values, { each }: Attributes): readonly (readonly number[])[] {
  const columns = dims.at(-1) as number
  const rows = data.length / columns
  const [outer, inner] = each === 'row' ? [rows, columns] : [columns, rows]
  return Array.from({ length: outer }, (_, o) =>
    Array.from({ length: inner }, (_, i) => (each === 'row' ? o * columns + i : i * columns + o)),
  )
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export function normalise(x: Values, attributes: Attributes): Float64Array {
  const result = new Float64Array(x.data.length)
  for (const set of sets(x, attributes)) {
    const own = set.map(i => x.data[i] as number)
    const centre = mean(own)
    const deviation = Math.sqrt(mean(own.map(value => (value - centre) * (value - centre))) + attributes.epsilon)
    set.forEach((i, k) => (result[i] = ((own[k] as number) - centre) / deviation))
  }
  return result
}

export function normaliseSlopes(g: Values, x: Values, attributes: Attributes): Float64Array {
  const result = new Float64Array(x.data.length)
  const made = normalise(x, attributes)
  for (const set of sets(x, attributes)) {
    const [own, slopes, normalised] = [x.data, g.data, made].map(from => set.map(i => from[i] as number)) as [
      number[],
      number[],
      number[],
    ]
    const centre = mean(own)
    const deviation = Math.sqrt(mean(own.map(value => (value - centre) * (value - centre))) + attributes.epsilon)
    const [all, along] = [mean(slopes), mean(slopes.map((slope, k) => slope * (normalised[k] as number)))]
    set.forEach((i, k) => (result[i] = ((slopes[k] as number) - all - (normalised[k] as number) * along) / deviation))
  }
  return result
}
