import type { CurvePoint } from '../metrics/index.ts'
import { requireData, requireNumbers } from './require-data.ts'
import { SERIES } from './theme.ts'
import { ReportError } from '../errors/index.ts'

/** One model's curve. */
export interface ModelCurve {
  readonly model: string
  readonly points: readonly CurvePoint[]
}

/** A curve and its words in the legend, such as `BG/NBD: AUC 0.74`. */
export interface LabelledCurve extends ModelCurve {
  readonly label: string
}

/** Points kept of a curve: more than the eye tells apart at this width. */
const KEPT = 120

/** Errors: `ReportError` without models, with more than can be told apart, with an empty curve, or a point that is not finite. */
export function requireCurves(chart: string, models: readonly ModelCurve[]): void {
  requireData(chart, models)
  if (models.length > SERIES.length) {
    throw new ReportError({
      code: 'too-many-curves',
      what: `${chart} was given ${models.length} models; more than ${SERIES.length} curves cannot be told apart`,
      remedy: 'draw the best few',
    })
  }
  for (const { model, points } of models)
    requireNumbers(
      `${chart} (${model})`,
      points.map(each => each.x),
      points.map(each => each.y),
    )
}

/** The layer that draws curves of shares, the legend below, where it covers none on a narrow page either, in the order given: best first. */
export function curveLayer(
  models: readonly LabelledCurve[],
  axes: { readonly x: string; readonly y: string },
): Readonly<Record<string, unknown>> {
  return {
    data: {
      values: models.flatMap(({ label, points }) =>
        thinned(points).map(({ x, y }) => ({ model: label, x: rounded(x), y: rounded(y) })),
      ),
    },
    mark: { type: 'line', strokeWidth: 2, tooltip: true },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: { domain: [0, 1] }, axis: { title: axes.x, format: '%', tickCount: 5 } },
      y: { field: 'y', type: 'quantitative', scale: { domain: [0, 1] }, axis: { title: axes.y, format: '%', tickCount: 5 } },
      color: {
        field: 'model',
        type: 'nominal',
        sort: null,
        scale: { domain: models.map(each => each.label), range: SERIES.slice(0, models.length) },
        legend: { title: null, orient: 'bottom', symbolType: 'stroke', symbolStrokeWidth: 3, columns: 1 },
      },
    },
  }
}

/** The ends and points evenly between. */
function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const step = Math.max(1, Math.ceil(points.length / KEPT))
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4
