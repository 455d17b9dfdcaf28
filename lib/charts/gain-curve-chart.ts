import type { CurvePoint } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { bandWords, CURVE_HEIGHT, curveLayers, requireCurves, type ModelCurve } from './curves.ts'
import { guideLine } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { percent } from './words.ts'

/**
 * Share of customers, best predictions first, against their share of what was really spent.
 *
 * @param options.share the share of customers that the title speaks of
 * @param options.perfect the curve of an order by what was really spent
 * Errors: `ReportError` without curves, or with points that are not finite.
 */
export function gainCurveChart({
  models,
  share = 0.2,
  perfect,
}: {
  readonly models: readonly ModelCurve[]
  readonly share?: number
  readonly perfect?: readonly CurvePoint[]
}): Chart {
  requireCurves('gainCurveChart', models)
  if (perfect !== undefined)
    requireNumbers(
      'gainCurveChart (perfect)',
      perfect.map(each => each.x),
      perfect.map(each => each.y),
    )
  const sorted = models.map(each => ({ ...each, at: heightAt(each.points, share) })).toSorted((a, b) => b.at - a.at)
  const labelled = sorted.map(each => ({ ...each, label: `${each.model}: ${percent(each.at)}` }))
  const best = labelled[0] as (typeof labelled)[number]
  const bound =
    perfect === undefined ? '' : ` The dotted curve is the best that any order could do: ${percent(heightAt(perfect, share))}.`
  return new Chart({
    title: `The ${percent(share)} that ${best.model} puts first bring ${percent(best.at)} of the spend to come`,
    caption: `The higher the curve, the better the order; beside each name, its share of spend at ${percent(share)} of customers. The dashed diagonal is chance.${bound}${bandWords(models)}`,
    alt: `Gain curves at ${percent(share)} of customers: ${labelled.map(each => each.label).join(', ')} of spend`,
    height: CURVE_HEIGHT,
    spec: {
      layer: [
        guideLine([0, 0], [1, 1]),
        ...(perfect === undefined
          ? []
          : [
              {
                data: {
                  values: perfect.filter(
                    (_, i) => i % Math.max(1, Math.ceil(perfect.length / 100)) === 0 || i === perfect.length - 1,
                  ),
                },
                mark: { type: 'line', strokeDash: [1, 3], strokeWidth: 1.5, color: COLOURS.quiet },
                encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
              },
            ]),
        ...curveLayers(labelled, { x: 'share of customers, best predictions first', y: 'share of actual spend' }, [
          [
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ],
          ...(perfect === undefined ? [] : [perfect]),
        ]),
      ],
    },
  })
}

/** Between the points on either side, in proportion. */
function heightAt(points: readonly CurvePoint[], x: number): number {
  const after = points.findIndex(point => point.x >= x)
  const [b, a] = [points[after] ?? points.at(-1), points[after - 1]]
  if (b === undefined) return NaN
  return a === undefined || b.x === a.x ? b.y : a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y)
}
