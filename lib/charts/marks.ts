import { COLOURS } from './theme.ts'

type Part = Readonly<Record<string, unknown>>

/** A text mark in the colour of axis labels: dark themes of front ends colour those, and leave other text black. */
export const label = (more: Part = {}): Part => ({ type: 'text', style: 'guide-label', fontSize: 11, ...more })

type Point = readonly [x: number, y: number]

/** A quiet dashed line between two points: chance, or agreement. */
export const guideLine = (from: Point, to: Point): Part => guidePieces([[from, to]])

/** The same in pieces, with words between them. */
export function guidePieces(pieces: readonly (readonly [Point, Point])[]): Part {
  const [x, y] = ['x', 'y'].map(field => ({ field, type: 'quantitative' }))
  return {
    data: { values: pieces.flatMap((ends, piece) => ends.map(([x, y]) => (pieces.length > 1 ? { x, y, piece } : { x, y }))) },
    mark: { type: 'line', strokeDash: [4, 3], strokeWidth: 1.5, color: COLOURS.quiet },
    encoding: { x, y, ...(pieces.length > 1 ? { detail: { field: 'piece', type: 'nominal' } } : {}) },
  }
}

/** How an axis writes plain numbers: 0.1, 10, 10,000. SI prefixes would write a tenth as 100m. */
export const PLAIN = ',.10~g'
