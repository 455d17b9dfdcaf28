import type { Interval } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { bandWords, CURVE_HEIGHT, curveLayers, requireCurves, type ModelCurve } from './curves.ts'
import { requireNumbers } from './require-data.ts'
import { listed } from './words.ts'

/** `auc` as the comparison gives it, the mean over seeds, with its interval; `tied` where it cannot be told apart from the best. */
export interface RocCurve extends ModelCurve {
  readonly auc: number
  readonly interval?: Interval | undefined
  readonly tied?: boolean
}

/**
 * False against true positive rate of "buys again within the horizon".
 * Errors: `ReportError` without curves, or where one is not a number, as when all customers returned, or none.
 */
export function rocChart({ models }: { readonly models: readonly RocCurve[] }): Chart {
  requireCurves('rocChart', models)
  requireNumbers(
    'rocChart',
    models.map(each => each.auc),
  )
  const labelled = models.toSorted((a, b) => b.auc - a.auc).map(each => ({ ...each, label: `${each.model}: ${areaWords(each)}` }))
  const best = labelled[0] as (typeof labelled)[number]
  return new Chart({
    title: `${listed([best, ...labelled.slice(1).filter(each => each.tied === true)].map(each => each.model))} ${labelled.slice(1).some(each => each.tied === true) ? 'rank who returns best of these, and cannot be told apart' : `ranks who returns best${labelled.length > 1 ? ' of these' : ''}`}: AUC ${best.auc.toFixed(3)}`,
    caption: `AUC: the probability that a customer who buys again within the horizon is ranked above one who does not. Shaded in grey: no better than chance.${bandWords(models)}`,
    alt: `ROC curves: ${labelled.map(each => each.label).join(', ')}`,
    height: CURVE_HEIGHT,
    spec: {
      layer: [
        ...curveLayers(labelled, {
          x: 'false positive rate (of those who did not return)',
          y: 'true positive rate (of those who returned)',
          diagonal: true,
          guides: [],
        }),
      ],
    },
  })
}

function areaWords({ auc, interval }: RocCurve): string {
  const range = interval === undefined ? '' : ` (${interval.low.toFixed(2)}–${interval.high.toFixed(2)})`
  return `AUC ${auc.toFixed(3)}${range}`
}
