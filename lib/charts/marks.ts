import { COLOURS } from './theme.ts'

type Part = Readonly<Record<string, unknown>>

/** A text mark in the colour of axis labels: dark themes of front ends colour those, and leave other text black. */
export const label = (more: Part = {}): Part => ({ type: 'text', style: 'guide-label', fontSize: 11, ...more })

/** A quiet dashed line between two points: chance, or agreement. */
export function guideLine(from: readonly [number, number], to: readonly [number, number]): Part {
  return {
    data: { values: [from, to].map(([x, y]) => ({ x, y })) },
    mark: { type: 'line', strokeDash: [4, 3], strokeWidth: 1.5, color: COLOURS.quiet },
    encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
  }
}

/** How an axis writes plain numbers: 0.1, 10, 10,000. SI prefixes would write a tenth as 100m. */
export const PLAIN = ',.10~g'
