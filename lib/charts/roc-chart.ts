import { Chart } from './chart.ts'
import { bandWords, CURVE_HEIGHT, curveLayers, requireCurves, type ModelCurve } from './curves.ts'
import { guideLine } from './marks.ts'
import { requireNumbers } from './require-data.ts'

/**
 * False against true positive rate of "buys again within the horizon".
 * Errors: `ReportError` without curves, or where one is not a number, as when all customers returned, or none.
 */
export function rocChart({ models }: { readonly models: readonly (ModelCurve & { readonly auc: number })[] }): Chart {
  requireCurves('rocChart', models)
  requireNumbers(
    'rocChart',
    models.map(each => each.auc),
  )
  const labelled = models
    .toSorted((a, b) => b.auc - a.auc)
    .map(each => ({ ...each, label: `${each.model}: AUC ${each.auc.toFixed(3)}` }))
  const best = labelled[0] as (typeof labelled)[number]
  return new Chart({
    title: `${best.model} ranks who returns best: AUC ${best.auc.toFixed(3)}`,
    caption: `AUC: the probability that a customer who buys again within the horizon is ranked above one who does not. The dashed diagonal is chance.${bandWords(models)}`,
    alt: `ROC curves: ${labelled.map(each => each.label).join(', ')}`,
    height: CURVE_HEIGHT,
    spec: {
      layer: [
        guideLine([0, 0], [1, 1]),
        ...curveLayers(
          labelled,
          { x: 'false positive rate (of those who did not return)', y: 'true positive rate (of those who returned)' },
          [
            [
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ],
          ],
        ),
      ],
    },
  })
}
