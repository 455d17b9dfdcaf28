import { isRectangle } from './heat-cells.ts'
import type { Run } from './path-runs.ts'

/** Bars that stand side by side on one line, as one outline; all else as it is. */
export function outlined(runs: readonly Run[]): readonly Run[] {
  const shapes: { run: Run; readonly bars: Bar[] }[] = []
  for (const run of runs) {
    const bar = isRectangle(run) ? barOf(run) : undefined
    const before = shapes.at(-1)
    const last = before?.bars.at(-1)
    if (bar !== undefined && before !== undefined && last !== undefined && last.right === bar.left && last.foot === bar.foot)
      before.bars.push(bar)
    else shapes.push({ run, bars: bar === undefined ? [] : [bar] })
  }
  return shapes.map(({ run, bars }) => (bars.length < 2 ? run : { points: skyline(bars), closed: true }))
}

interface Bar {
  readonly left: number
  readonly right: number
  readonly head: number
  readonly foot: number
}

function barOf({ points }: Run): Bar {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return { left: Math.min(...xs), right: Math.max(...xs), head: Math.min(...ys), foot: Math.max(...ys) }
}

function skyline(bars: readonly Bar[]): Run['points'] {
  const [first, last] = [bars[0] as Bar, bars.at(-1) as Bar]
  const heads = bars.flatMap(
    ({ left, right, head }) =>
      [
        [left, head],
        [right, head],
      ] as const,
  )
  return [[first.left, first.foot], ...heads, [last.right, last.foot]]
}
