import type { Cell } from '../../schema/index.ts'
import { categories, textIn } from './columns.ts'
import type { Step, Transform } from './step.ts'

type Cross<A extends string, B extends string> = Step<
  { readonly [P in A | B]: Cell },
  never,
  { readonly [P in A as `${P}_x_${B}`]: string | null }
>

/**
 * Two columns of categories (or of bins) crossed to a third: `a_x_b` holds `a|b` as text, both columns stay. Missing where either
 * is missing. The inverse takes the cross away.
 */
export function cross<A extends string, B extends string>(a: A, b: B): Cross<A, B> {
  return {
    kind: 'cross',
    columns: [a, b],
    fit: columns => {
      for (const name of [a, b]) categories(columns, name, 'cross')
      return { a, b }
    },
  }
}

export const crossTransform: Transform = {
  kind: 'cross',
  transform: (layout, columns) => {
    const [a, b] = [textIn(layout, 'a'), textIn(layout, 'b')]
    const [left, right] = [categories(columns, a, 'cross'), categories(columns, b, 'cross')]
    const crossed = left.map((value, i) => (value === null || right[i] === null ? null : `${value}|${right[i]}`))
    return new Map([...columns, [`${a}_x_${b}`, crossed]])
  },
  inverse: (layout, columns) =>
    new Map([...columns].filter(([name]) => name !== `${textIn(layout, 'a')}_x_${textIn(layout, 'b')}`)),
}
