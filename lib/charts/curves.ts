import type { BandPoint, CurvePoint } from '../metrics/index.ts'
import { ReportError } from '../errors/index.ts'
import { curveLabels } from './curve-labels.ts'
import { requireData, requireNumbers } from './require-data.ts'
import { SERIES } from './theme.ts'

type Part = Readonly<Record<string, unknown>>

/** One model's curve, and where it could also lie, as `gainBand`, `rocBand` and `precisionRecallBand` say. */
export interface ModelCurve {
  readonly model: string
  readonly points: readonly CurvePoint[]
  readonly band?: readonly BandPoint[]
}

/** A curve and its words, such as `BG/NBD: AUC 0.74`. */
export interface LabelledCurve extends ModelCurve {
  readonly label: string
}

/** Of the plots, in pixels. */
export const CURVE_HEIGHT = 300

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
  for (const { model, points, band = [] } of models) {
    requireNumbers(
      `${chart} (${model})`,
      points.map(each => each.x),
      points.map(each => each.y),
    )
    if (band.length > 0)
      requireNumbers(`${chart} (band of ${model})`, ...(['x', 'low', 'high'] as const).map(of => band.map(each => each[of])))
  }
}

/**
 * The layers that draw curves of shares in the order given, best first: bands, curves, and names beside them, or, where names do not fit, a legend
 * below, where it covers no curve on a narrow page either.
 *
 * @param guides lines drawn beneath, which names should not lie on
 */
export function curveLayers(
  models: readonly LabelledCurve[],
  axes: { readonly x: string; readonly y: string },
  guides: readonly (readonly CurvePoint[])[],
): readonly Part[] {
  const thin = models.map(each => ({
    ...each,
    points: thinned(each.points).map(({ x, y }) => ({ x: rounded(x), y: rounded(y) })),
  }))
  const axis = (field: string, title: string): Part => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title, format: '%', tickCount: 5 },
  })
  const [x, y] = [axis('x', axes.x), axis('y', axes.y)]
  const color = {
    field: 'model',
    type: 'nominal',
    sort: null,
    scale: { domain: models.map(each => each.label), range: SERIES.slice(0, models.length) },
  }
  const labels = curveLabels(
    thin.map(({ label, points }) => ({ model: label, label: label.split(/: (?=[^:]*$)/), points })),
    guides,
    CURVE_HEIGHT,
    color,
  )
  const bands = models.flatMap(({ label, points, band = [] }) =>
    band
      .filter(each => each.x >= (points[0]?.x ?? 0))
      .map(each => ({ model: label, x: rounded(each.x), low: rounded(each.low), high: rounded(each.high) })),
  )
  const legend =
    labels === undefined
      ? { title: null, orient: 'bottom', symbolType: 'stroke', symbolStrokeWidth: 3, symbolOpacity: 1, columns: 1 }
      : null
  return [
    ...(bands.length === 0
      ? []
      : [
          {
            data: { values: bands },
            mark: { type: 'area', opacity: 0.15 },
            encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: { ...color, legend } },
          },
        ]),
    {
      data: { values: thin.flatMap(({ label, points }) => points.map(point => ({ model: label, ...point }))) },
      mark: { type: 'line', strokeWidth: 2, tooltip: true },
      encoding: { x, y, color: { ...color, legend } },
    },
    ...(labels ?? []),
  ]
}

/** How a caption says what bands are; nothing where there are none. */
export const bandWords = (models: readonly ModelCurve[]): string =>
  models.some(({ band = [] }) => band.length > 0) ? ' Shaded: 95% at each place, over resampled customers.' : ''

/** The ends and points evenly between. */
function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const step = Math.max(1, Math.ceil(points.length / KEPT))
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4
