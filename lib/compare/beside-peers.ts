import { Table } from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import { MEASURES, type MeasureName } from './measures.ts'
import { peerFigures } from './peer-figures.ts'

const SHOWN = ['gini', 'spearman', 'decile_mape', 'sum_ratio', 'auc', 'rmse', 'mae'] as const satisfies readonly MeasureName[]

/** One model of ours or of a peer; what was not measured is null. */
export type BesidePeersRow = { readonly model: string; readonly from: 'clvlab' | 'peer' } & {
  readonly [M in (typeof SHOWN)[number]]: number | null
}

/**
 * Our models and the peers' published figures in one table, the best Gini first. Undefined unless peers were measured on exactly
 * this split: `peerFigures(comparison.split)?.source` says how.
 */
export function besidePeers(comparison: Comparison): Table<BesidePeersRow, 'labelled'> | undefined {
  const peers = peerFigures(comparison.split)
  if (peers === undefined) return undefined
  const row = (
    model: string,
    from: BesidePeersRow['from'],
    score: (measure: MeasureName) => number | undefined,
  ): BesidePeersRow => ({ model, from, ...Object.fromEntries(SHOWN.map(name => [name, score(name) ?? null])) }) as BesidePeersRow
  const rows = [
    ...comparison.models.map(({ title, scores }) => row(title, 'clvlab', name => scores[name]?.value)),
    ...peers.figures.map(({ peer, scores }) => row(peer, 'peer', name => scores[name])),
  ]
  return Table.fromRows<BesidePeersRow, 'labelled'>(
    rows.sort((a, b) => (b.gini ?? -Infinity) - (a.gini ?? -Infinity)),
    ['model', 'from', ...SHOWN],
    'labelled',
  ).titled('Our models (clvlab) and those of other tools (peer), on the same customers', {
    model: 'model',
    from: 'by',
    ...Object.fromEntries(MEASURES.map(({ name, title }) => [name, title])),
  })
}
