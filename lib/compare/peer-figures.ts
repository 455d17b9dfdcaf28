import type { MeasureName } from './measures.ts'
import type { SplitFacts } from './comparison.ts'

/** What a Python peer reached on a public data set under the same protocol. What was not measured is not there. */
export interface PeerFigure {
  readonly peer: string
  readonly scores: Partial<Record<MeasureName, number>>
  /** Standard deviation over seeds. */
  readonly spread?: Partial<Record<MeasureName, number>>
}

export interface PeerFigures {
  readonly dataset: string
  readonly observeFrom: string
  readonly cutoff: string
  readonly horizon: number
  readonly customers: number
  readonly source: string
  readonly figures: readonly PeerFigure[]
}

const SOURCE =
  'measured with lifetimes 0.11.3, LightGBM 4.7.0, scikit-learn 1.9.1 and Keras 3.15.1 (tensorflow-cpu 2.21.0), same customers, windows and metrics; learners with 3 seeds, on the earlier window'

/** Gini, Spearman, decile MAPE, sum. */
type Four = readonly [number, number, number, number]

function figure(
  peer: string,
  [gini, spearman, decile_mape, sum_ratio]: Four,
  more: Omit<PeerFigure['scores'], 'gini'> = {},
  spread?: PeerFigure['spread'],
): PeerFigure {
  return { peer, scores: { gini, spearman, decile_mape, sum_ratio, ...more }, ...(spread === undefined ? {} : { spread }) }
}

const onlineRetail: PeerFigures = {
  dataset: 'online-retail',
  observeFrom: '2010-12-01',
  cutoff: '2011-06-09',
  horizon: 180,
  customers: 2787,
  source: SOURCE,
  figures: [
    figure('past spend, same rate', [0.842, 0.596, 0.21, 0.85], { mae: 867 }),
    figure('last period', [0.799, 0.529, 0.35, 0.88], { rmse: 3551 }),
    figure('BG/NBD + GG (lifetimes)', [0.793, 0.526, 0.15, 0.72], { auc: 0.725 }),
    figure('BG/NBD + GG1', [0.827, 0.576, 0.18, 0.73], { auc: 0.725 }),
    figure('Pareto/NBD + GG1', [0.827, 0.576, 0.18, 0.73]),
    figure('linear two-stage (logit × log ridge)', [0.835, 0.592, 0.48, 1.46], { auc: 0.736 }),
    figure('LightGBM Tweedie', [0.829, 0.581, 0.18, 1.0]),
    figure('LightGBM two-stage', [0.833, 0.582, 0.19, 0.93], { auc: 0.736 }),
    figure('random forest', [0.832, 0.581, 0.27, 1.23]),
    figure('Keras MSE', [0.796, 0.515, 0.51, 1.18], {}, { gini: 0.013 }),
    figure('Keras ZILN', [0.825, 0.569, 0.28, 1.37], {}, { gini: 0.006, decile_mape: 0.21 }),
    figure('Keras ZILN, rates', [0.826, 0.57, 0.11, 0.98], {}, { gini: 0.005 }),
  ],
}

const cdnow: PeerFigures = {
  dataset: 'cdnow',
  observeFrom: '1997-01-01',
  cutoff: '1997-10-01',
  horizon: 273,
  customers: 23500,
  source: SOURCE,
  figures: [
    figure('past spend, same rate', [0.696, 0.395, 1.36, 2.22]),
    figure('last period', [0.617, 0.489, 0.85, 1.15]),
    figure('BG/NBD + GG (lifetimes)', [0.672, 0.421, 0.21, 0.83], { auc: 0.747 }),
    figure('BG/NBD + GG1', [0.709, 0.429, 0.33, 0.81], { auc: 0.747 }),
    figure('Pareto/NBD + GG1', [0.72, 0.449, 0.44, 0.83]),
    figure('linear two-stage (logit × log ridge)', [0.723, 0.45, 0.08, 1.11], { auc: 0.771, rmse: 92 }),
    figure('LightGBM Tweedie', [0.716, 0.451, 0.2, 0.99]),
    figure('LightGBM two-stage', [0.72, 0.447, 0.23, 1.03], { auc: 0.768 }),
    figure('random forest', [0.716, 0.446, 0.93, 1.6]),
    figure('Keras MSE', [0.658, 0.393, 1.17, 1.25], {}, { gini: 0.026 }),
    figure('Keras ZILN', [0.715, 0.446, 0.24, 1.34], {}, { gini: 0.006, decile_mape: 0.16 }),
    figure('Keras ZILN, rates', [0.713, 0.435, 0.15, 0.86], {}, { gini: 0.007, decile_mape: 0.09 }),
  ],
}

/** Every data set for which peers were measured. */
export const PEER_FIGURES: readonly PeerFigures[] = [onlineRetail, cdnow]

/** The peers' figures that may stand beside a comparison: those of exactly its split, or none. */
export function peerFigures(split: SplitFacts): PeerFigures | undefined {
  return PEER_FIGURES.find(
    ({ observeFrom, cutoff, horizon, customers }) =>
      observeFrom === split.observeFrom && cutoff === split.cutoff && horizon === split.horizon && customers === split.customers,
  )
}
