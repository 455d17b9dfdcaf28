import type { CurvePoint } from '../metrics/index.ts'
import { Chart } from './chart.ts'
import { requireData } from './require-data.ts'
import { COLOURS, SERIES } from './theme.ts'
import { percent } from './words.ts'

/** One model's curve. */
export interface ModelCurve {
  readonly model: string
  readonly points: readonly CurvePoint[]
}

interface Axes {
  readonly x: string
  readonly y: string
  readonly diagonal: boolean
}

/** Share of customers, best predictions first, against their share of what was really spent. */
export function gainCurveChart({ models, share = 0.2 }: { readonly models: readonly ModelCurve[]; readonly share?: number }): Chart {
  requireData('gainCurveChart', models)
  const at = ({ points }: ModelCurve): number => points.find(point => point.x >= share)?.y ?? 1
  const best = models.reduce((top, each) => (at(each) > at(top) ? each : top))
  return curves(models, { x: 'share of customers, best predictions first', y: 'share of actual spend', diagonal: true }, {
    title: `The ${percent(share)} that ${best.model} puts first bring ${percent(at(best))} of the spend to come`,
    caption: 'The higher the curve, the better the order. The diagonal is chance.',
    alt: `Gain curves of ${models.map(each => `${each.model} (${percent(at(each))} at ${percent(share)} of customers)`).join(', ')}`,
  })
}

/** False against true positive rate. */
export function rocChart({ models }: { readonly models: readonly (ModelCurve & { readonly auc: number })[] }): Chart {
  requireData('rocChart', models)
  const best = models.reduce((top, each) => (each.auc > top.auc ? each : top))
  return curves(models, { x: 'false positive rate', y: 'true positive rate', diagonal: true }, {
    title: `${best.model} ranks who returns best: AUC ${best.auc.toFixed(3)}`,
    caption: 'Who buys again within the horizon. The diagonal is chance.',
    alt: `ROC curves: ${models.map(each => `${each.model} AUC ${each.auc.toFixed(3)}`).join(', ')}`,
  })
}

/** Recall against precision. */
export function precisionRecallChart({ models, baseRate }: { readonly models: readonly ModelCurve[]; readonly baseRate: number }): Chart {
  requireData('precisionRecallChart', models)
  return curves(models, { x: 'recall', y: 'precision', diagonal: false }, {
    title: `${percent(baseRate)} of customers return: precision of a blind guess`,
    caption: 'Of those who return, the share that is found (recall), against the share of those named that is right (precision).',
    alt: `Precision-recall curves of ${models.map(each => each.model).join(', ')}; the base rate is ${percent(baseRate)}`,
  })
}

function curves(models: readonly ModelCurve[], axes: Axes, words: { readonly title: string; readonly caption: string; readonly alt: string }): Chart {
  const data = models.flatMap(({ model, points }) => thinned(points).map(({ x, y }) => ({ model, x: rounded(x), y: rounded(y) })))
  return new Chart({
    ...words,
    height: 300,
    spec: {
      layer: [
        ...(axes.diagonal ? [{ data: { values: [{ x: 0, y: 0 }, { x: 1, y: 1 }] }, mark: { type: 'line', strokeDash: [3, 3], color: COLOURS.quiet, strokeWidth: 1 }, encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } } }] : []),
        {
          data: { values: data },
          mark: { type: 'line', strokeWidth: 2, tooltip: true },
          encoding: {
            x: { field: 'x', type: 'quantitative', axis: { title: axes.x, format: '%', tickCount: 6 } },
            y: { field: 'y', type: 'quantitative', axis: { title: axes.y, format: '%', tickCount: 6 } },
            color: { field: 'model', type: 'nominal', sort: null, scale: { domain: models.map(each => each.model), range: SERIES.slice(0, models.length) }, legend: { title: null, orient: 'bottom', columns: 2, labelLimit: 280 } },
          },
        },
      ],
    },
  })
}

/** At most some 100 points, the ends among them. */
function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const step = Math.max(1, Math.ceil(points.length / 100))
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4
