import type { FoundComparison, RunRecord } from '../../../lib/report/index.ts'
import type { ScoreRecord } from '../../../lib/schema/index.ts'
import type { Run } from '../../../lib/report/diff/read-run.ts'

export function score(more: Partial<ScoreRecord> = {}): ScoreRecord {
  return {
    model: 'm',
    title: 'Model M',
    family: 'linear',
    measure: 'gini',
    name: 'Gini',
    better: 'higher',
    value: 0.5,
    low: 0.4,
    high: 0.6,
    sd: null,
    seeds: 1,
    ...more,
  }
}

export function comparison(...scores: readonly ScoreRecord[]): FoundComparison {
  return { cell: 'compare', digest: 'd1', split: '10 customers', scores }
}

export function run(record: Partial<RunRecord> = {}, drawings: Run['drawings'] = new Map(), file = 'run.html'): Run {
  return {
    file,
    facts: [['Run', '2026-01-01, 1 s']],
    doubts: [],
    drawings,
    record: {
      title: 'A study',
      state: 'ok',
      notebook: 'n.ipynb',
      parameters: { seed: 1 },
      data: { title: 'Shop', checksum: 'abc' },
      versions: { clvlab: '0' },
      device: 'wasm',
      findings: [],
      comparisons: [],
      figures: [],
      ...record,
    },
  }
}
