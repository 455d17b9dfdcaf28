import type { Chart } from '../../lib/charts/index.ts'

interface Layer {
  readonly data?: { readonly values: readonly Readonly<Record<string, unknown>>[] }
  readonly mark: string | Readonly<Record<string, unknown>>
  readonly encoding: Readonly<
    Record<
      string,
      { readonly scale?: Readonly<Record<string, unknown>>; readonly axis?: Readonly<Record<string, unknown>> | null }
    >
  >
}

/** The layers of a chart, one where it has no others. */
export function layersOf({ spec }: Chart): readonly Layer[] {
  return (spec['layer'] ?? [spec]) as readonly Layer[]
}

export const markOf = ({ mark }: Layer): string => String(typeof mark === 'string' ? mark : mark['type'])

/** The rows that the marks of one kind draw; of the layer's own data, or of the chart's. */
export function rowsOf(chart: Chart, mark: string): readonly Readonly<Record<string, unknown>>[] {
  const own = chart.spec['data'] as Layer['data']
  return layersOf(chart)
    .filter(layer => markOf(layer) === mark)
    .flatMap(layer => (layer.data ?? own)?.values ?? [])
}
