import type { BandPoint, CurvePoint } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { bandWords, CURVE_HEIGHT, curveLayers, heightAt, heightWords, requireCurves, type ModelCurve } from './curves.ts'
import { requireNumbers } from './require-data.ts'
import { COLOURS } from './theme.ts'
import { percent } from './words.ts'

/**
 * Share of customers, best predictions first, against their share of what was really spent.
 *
 * @param options.models the best first; others with `behind` say how far they lie from the one without, as `gainDifference` does
 * @param options.share the share of customers that the title speaks of
 * @param options.perfect the curve of an order by what was really spent
 * Errors: `ReportError` without curves, or with points that are not finite.
 */
export function gainCurveChart({
  models,
  share = 0.2,
  perfect,
}: {
  readonly models: readonly (ModelCurve & { readonly behind?: readonly BandPoint[] })[]
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
  const sorted = models
    .map(each => ({ ...each, at: heightAt(each, share, false) }))
    .toSorted((a, b) => Number(a.behind !== undefined) - Number(b.behind !== undefined) || b.at - a.at)
  const labelled = sorted.map(each => ({ ...each, label: `${each.model}: ${heightWords(each, share, false)}` }))
  const best = labelled[0] as (typeof labelled)[number]
  const bound =
    perfect === undefined
      ? ''
      : ` The dotted curve is the best that any order could do: ${percent(heightAt({ model: '', points: perfect }, share, false))}.`
  return new Chart({
    title: `The ${percent(share)} that ${best.model} puts first bring ${heightWords(best, share, false)} of the spend to come`,
    caption: `The higher the curve, the better the order; beside each name, its share of spend at ${percent(share)} of customers. Shaded in grey: no better than chance.${bound}${bandWords(models)}${behindWords(sorted.slice(1), share)}`,
    alt: `Gain curves at ${percent(share)} of customers: ${labelled.map(each => each.label).join(', ')} of spend`,
    height: CURVE_HEIGHT,
    spec: {
      layer: [
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
        ...curveLayers(labelled, {
          x: 'share of customers, best predictions first',
          y: 'share of actual spend',
          diagonal: true,
          guides: perfect === undefined ? [] : [perfect],
        }),
      ],
    },
  })
}

/** Who lies below the best by how much, over the same resamples; nothing where it was not asked. */
function behindWords(others: readonly (ModelCurve & { readonly behind?: readonly BandPoint[] })[], share: number): string {
  const points = (value: number): string => `${value < 0 ? '−' : ''}${Math.abs(value * 100).toFixed(1)}`
  const told = others.flatMap(({ model, behind = [] }) => {
    const there = behind.find(({ x }) => Math.abs(x - share) < 1e-9)
    return there === undefined ? [] : [`${model} ${points(there.y)} (${points(there.low)} to ${points(there.high)})`]
  })
  return told.length === 0
    ? ''
    : ` Against the first, in percentage points and over the same resamples: ${told.join(', ')}; where 0 lies within, the two cannot be told apart.`
}
