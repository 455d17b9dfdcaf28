import { Chart } from './chart.ts'
import { bandWords, CURVE_HEIGHT, curveLayers, heightAt, heightWords, requireCurves, type ModelCurve } from './curves.ts'
import { guideLine, label } from './marks.ts'
import { requireNumbers } from './require-data.ts'
import { percent } from './words.ts'

/** Where models are compared in words: half of those who return are found. */
const RECALL = 0.5
/** The middle of the words beneath the line of a blind guess: ten pixels. */
const BENEATH = 10 / CURVE_HEIGHT

/**
 * Recall against precision of "buys again within the horizon", beside the precision of naming everybody.
 *
 * @param options.baseRate share of customers who returned, 0 to 1
 * Errors: `ReportError` without curves, or with numbers that are not finite.
 */
export function precisionRecallChart({
  models,
  baseRate,
}: {
  readonly models: readonly ModelCurve[]
  readonly baseRate: number
}): Chart {
  requireCurves('precisionRecallChart', models)
  requireNumbers('precisionRecallChart', [baseRate])
  const at = (model: ModelCurve): number => heightAt(model, RECALL, true)
  const labelled = models
    .toSorted((a, b) => at(b) - at(a))
    .map(each => ({ ...each, label: `${each.model}: ${heightWords(each, RECALL, true)}` }))
  const best = labelled[0] as (typeof labelled)[number]
  return new Chart({
    title: `To find half of those who return, ${best.model} is right about ${heightWords(best, RECALL, true)} of those it names; a blind guess, ${percent(baseRate)}`,
    caption: `Of those who return, the share that is found (recall), against the share of those named that is right (precision); beside each name, its precision where half are found, at the dot.${bandWords(models)}`,
    alt: `Precision-recall curves, precision at ${percent(RECALL)} recall: ${labelled.map(each => each.label).join(', ')}; the base rate is ${percent(baseRate)}`,
    height: CURVE_HEIGHT,
    spec: {
      layer: [
        guideLine([0, baseRate], [1, baseRate]),
        {
          data: { values: [{ x: 0, y: baseRate }] },
          mark: label({ align: 'left', dx: 6, dy: 10 }),
          encoding: {
            x: { field: 'x', type: 'quantitative' },
            y: { field: 'y', type: 'quantitative' },
            text: { value: `blind guess ${percent(baseRate)}` },
          },
        },
        ...curveLayers(labelled, {
          x: 'recall',
          y: 'precision',
          at: RECALL,
          steps: true,
          guides: [
            [
              { x: 0, y: baseRate },
              { x: 1, y: baseRate },
            ],
            // the words beneath that line
            [
              { x: 0, y: baseRate - BENEATH },
              { x: 0.4, y: baseRate - BENEATH },
            ],
          ],
        }),
      ],
    },
  })
}
