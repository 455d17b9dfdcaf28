import type { BandPoint, CurvePoint } from '../metrics/index.ts'
import { ReportError } from '../errors/index.ts'
import { curveLabels, labelLines } from './curve-labels.ts'
import { requireData, requireNumbers } from './require-data.ts'
import { COLOURS, SERIES } from './theme.ts'
import { percent, percentRange } from './words.ts'

type Part = Readonly<Record<string, unknown>>

/**
 * One model's curve; `band` is the same curve with where it could also lie, as `gainBand`, `rocBand` and `precisionRecallBand` give them. Where there is one, it is
 * drawn: curve and band are then of the same places, and nothing between places can lie outside.
 */
export interface ModelCurve {
  readonly model: string
  readonly points: readonly CurvePoint[]
  readonly band?: readonly BandPoint[]
}

/** A curve and its words, such as `BG/NBD: AUC 0.74`. */
export interface LabelledCurve extends ModelCurve {
  readonly label: string
}

export interface CurveLayers {
  readonly x: string
  readonly y: string
  /** Lines drawn beneath, which names should not lie on. */
  readonly guides: readonly (readonly CurvePoint[])[]
  /** Whether what lies under the diagonal, which is chance, is shaded: names may lie over its edge, which they could not over a line. */
  readonly diagonal?: boolean
  /** Where on its curve each name belongs, since what it says is true there; anywhere else by default. */
  readonly at?: number
  /** Whether each height holds from the last point up to its own, as precision does, and not only at it. */
  readonly steps?: boolean
}

/** Of the plots, in pixels. */
export const CURVE_HEIGHT = 300

const DIAGONAL = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
] as const

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
 * The layers that draw curves of shares in the order given, best first: the band of the best, curves, and names beside them, or, where names do not fit, a
 * legend below, where it covers no curve on a narrow page either. Bands of several models on one another could not be read: the others' intervals are
 * for words to say.
 */
export function curveLayers(
  models: readonly LabelledCurve[],
  { x: across, y: up, guides, diagonal = false, at, steps = false }: CurveLayers,
): readonly Part[] {
  const thin = models.map(each => ({
    ...each,
    points: thinned(pointsOf(each)).map(({ x, y }) => ({ x: rounded(x), y: rounded(y) })),
  }))
  const axis = (field: string, title: string): Part => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title, format: '%', tickCount: 5 },
  })
  const [x, y] = [axis('x', across), axis('y', up)]
  const color = {
    field: 'model',
    type: 'nominal',
    sort: null,
    scale: { domain: models.map(each => each.label), range: SERIES.slice(0, models.length) },
  }
  const labels = curveLabels(
    thin.map(({ label, points }) => ({
      model: label,
      label: labelLines(label),
      points: steps ? stepped(points) : points,
      ...(at === undefined ? {} : { at }),
    })),
    { firm: guides, edges: diagonal ? [DIAGONAL] : [] },
    CURVE_HEIGHT,
    color,
  )
  const bands = models
    .slice(0, 1)
    .flatMap(({ label, band = [] }) =>
      band.map(each => ({ model: label, x: rounded(each.x), low: rounded(each.low), high: rounded(each.high) })),
    )
  const legend =
    labels === undefined
      ? {
          title: null,
          orient: 'bottom',
          symbolType: 'stroke',
          symbolStrokeWidth: 3,
          symbolOpacity: 1,
          columns: 1,
          labelExpr: "split(datum.label, ', ')",
        }
      : null
  const interpolate = steps ? { interpolate: 'step-before' } : {}
  return [
    ...(diagonal
      ? [{ data: { values: DIAGONAL }, mark: { type: 'area', color: COLOURS.quiet, opacity: 0.14 }, encoding: { x, y } }]
      : []),
    ...(bands.length === 0
      ? []
      : [
          {
            data: { values: bands },
            mark: {
              type: 'area',
              ...interpolate,
              fillOpacity: 0.15,
              strokeWidth: 0.6,
              strokeOpacity: 1,
              color: SERIES[0],
              stroke: SERIES[0],
            },
            encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
          },
        ]),
    {
      data: { values: thin.flatMap(({ label, points }) => points.map(point => ({ model: label, ...point }))) },
      mark: { type: 'line', ...interpolate, strokeWidth: 2, tooltip: true },
      encoding: { x, y, color: { ...color, legend } },
    },
    ...(labels ?? []),
  ]
}

/** How a caption says what bands are; nothing where there are none. */
export const bandWords = (models: readonly ModelCurve[]): string =>
  models.some(({ band = [] }) => band.length > 0)
    ? ' Shaded in blue for the first, and in brackets for each: 95% intervals over resampled customers, of the mean over seeds.'
    : ''

/** A height in words, with where it could also lie: `69% (66–72%)`. */
export function heightWords(model: ModelCurve, x: number, steps: boolean): string {
  const at = percent(heightAt(model, x, steps))
  const [low, high] = (['low', 'high'] as const).map(of =>
    heightOf(
      (model.band ?? []).map(each => ({ x: each.x, y: each[of] })),
      x,
      steps,
    ),
  ) as [number, number]
  return Number.isFinite(low) && Number.isFinite(high) ? `${at} (${percentRange([low, high])})` : at
}

/** The height that is drawn at a place. */
export const heightAt = (model: ModelCurve, x: number, steps: boolean): number => heightOf(pointsOf(model), x, steps)

/** Between the points on either side, in proportion, or as a step that ends at the next point. */
function heightOf(points: readonly CurvePoint[], x: number, steps: boolean): number {
  const after = points.findIndex(point => point.x >= x - 1e-9)
  const [b, a] = [points[after] ?? points.at(-1), points[after - 1]]
  if (b === undefined) return NaN
  return a === undefined || b.x === a.x || steps ? b.y : a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y)
}

const pointsOf = ({ points, band = [] }: ModelCurve): readonly CurvePoint[] => (band.length > 0 ? band : points)

/** The corners of steps that end at each point. */
const stepped = (points: readonly CurvePoint[]): readonly CurvePoint[] =>
  points.flatMap(({ x, y }, i) =>
    i === 0
      ? [{ x, y }]
      : [
          { x: (points[i - 1] as CurvePoint).x, y },
          { x, y },
        ],
  )

/** The ends and points evenly between. */
function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const step = Math.max(1, Math.ceil(points.length / KEPT))
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4
