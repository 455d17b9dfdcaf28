/** The end of a line, and what the line is called. */
export interface LineEnd {
  readonly name: string
  readonly at: number
}

/** Pixels between two labels, centre to centre: a line of text, and air. */
const APART = 15

/**
 * Names at the right ends of lines, in place of a legend: a layer for a chart whose axes resolve independently (`axis: { y: 'independent' }`)
 * and whose y scale is linear. Lines that end close together have their names moved apart, each with a stroke in the colour of its line.
 *
 * @param span least and most value of the y scale
 * @param height of the plot, in pixels
 */
export function endLabels({
  ends,
  span,
  height,
  color,
}: {
  readonly ends: readonly LineEnd[]
  readonly span: readonly [least: number, most: number]
  readonly height: number
  readonly color: Readonly<Record<string, unknown>> & { readonly field: string }
}): Readonly<Record<string, unknown>> {
  const placed = movedApart(ends, span, ((span[1] - span[0]) * APART) / height)
  const names = placed.map(
    ({ name, at }) => `abs(datum.value - ${at}) < ${(span[1] - span[0]) / 1e6} ? ${JSON.stringify(name)} : `,
  )
  return {
    data: { values: placed.map(({ name, at }) => ({ [color.field]: name, at })) },
    mark: { type: 'point', shape: 'stroke', strokeWidth: 3, size: 60, opacity: 1, x: 'width', xOffset: 9 },
    encoding: {
      y: {
        field: 'at',
        type: 'quantitative',
        axis: {
          orient: 'right',
          values: placed.map(({ at }) => at),
          labelExpr: `${names.join('')}''`,
          labelPadding: 17,
          labelOverlap: false,
          labelFlush: false,
          ticks: false,
          domain: false,
          grid: false,
          title: null,
        },
      },
      color: { ...color, legend: null },
    },
  }
}

/** In their order from below, each at least so far above the last, and none outside the span, as long as there is room. */
export function movedApart(
  ends: readonly LineEnd[],
  [least, most]: readonly [number, number],
  apart: number,
): readonly LineEnd[] {
  const sorted = ends.toSorted((a, b) => a.at - b.at)
  const at = sorted.map(end => Math.min(most, Math.max(least, end.at)))
  for (let i = 1; i < at.length; i++) {
    const [below, above] = [at[i - 1] as number, at[i] as number]
    const lack = apart - (above - below)
    if (lack <= 0) continue
    at[i - 1] = Math.max(i > 1 ? (at[i - 2] as number) + apart : least, below - lack / 2)
    at[i] = (at[i - 1] as number) + apart
  }
  for (let i = at.length - 1; i >= 0; i--) {
    const ceiling = i === at.length - 1 ? most : (at[i + 1] as number) - apart
    at[i] = Math.min(at[i] as number, ceiling)
  }
  return sorted.map(({ name }, i) => ({ name, at: Number((at[i] as number).toPrecision(6)) }))
}
