/** The end of a line, and what the line is called. */
export interface LineEnd {
  readonly name: string
  readonly at: number
}

/** A scale that is not linear: to where a value lies on it, and back. */
export interface Bend {
  readonly to: (value: number) => number
  readonly from: (place: number) => number
}
const STRAIGHT: Bend = { to: value => value, from: place => place }

/** Pixels between two labels, centre to centre: a line of text, and air. */
const APART = 15

/**
 * Names at the right ends of lines, in place of a legend: a layer for a chart whose axes resolve independently (`axis: { y: 'independent' }`). Lines that end close together have their names moved apart, each with a stroke in the colour of its line.
 *
 * @param span least and most value of the y scale
 * @param height of the plot, in pixels
 * @param bend of a y scale that is not linear
 */
export function endLabels({
  ends,
  span,
  height,
  color,
  bend = STRAIGHT,
}: {
  readonly ends: readonly LineEnd[]
  readonly span: readonly [least: number, most: number]
  readonly height: number
  readonly color: Readonly<Record<string, unknown>> & { readonly field: string }
  readonly bend?: Bend
}): Readonly<Record<string, unknown>> {
  const [least, most] = span.map(bend.to) as [number, number]
  const placed = movedApart(
    ends.map(({ name, at }) => ({ name, at: bend.to(at) })),
    [least, most],
    ((most - least) * APART) / height,
  ).map(({ name, at }) => ({ name, at: Number(bend.from(at).toPrecision(6)) }))
  const names = placed.map(
    ({ name, at }) => `abs(datum.value - ${at}) <= ${Number(Math.abs(at).toPrecision(2)) / 1e6} ? ${JSON.stringify(name)} : `,
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
  return sorted.map(({ name }, i) => ({ name, at: Number((at[i] as number).toPrecision(10)) }))
}
