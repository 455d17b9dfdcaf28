import { describe, expect, test } from 'vitest'
import { besidePeers, compare, Comparison, PEER_FIGURES, peerFigures } from '../../lib/compare/index.ts'
import { split } from './split.ts'

const { task, outcome } = split()

describe('peers', () => {
  test('their figures stand beside ours on their own split, the best Gini first, gaps left empty', async () => {
    const {
      models,
      failures,
      outcome: rows,
      split: ours,
      resampling,
    } = await compare(task, outcome, [], { bootstrap: 0, folds: 0 })
    const theirs = { ...ours, observeFrom: '2010-12-01', cutoff: '2011-06-09', horizon: 180, customers: 2787 }
    const table = besidePeers(new Comparison({ models, failures, outcome: rows, split: theirs, resampling }))
    expect(table?.length).toBe(4 + 12)
    const ginis = Array.from(table?.column('gini') ?? [], gini => gini ?? -1)
    expect(ginis).toEqual([...ginis].sort((a, b) => b - a))
    const past = [...(table?.rows() ?? [])].find(({ model, from }) => from === 'peer' && model === 'past spend, same rate')
    expect(past).toMatchObject({ gini: 0.842, spearman: 0.596, decile_mape: 0.21, sum_ratio: 0.85, auc: null, mae: 867 })
  })

  test('on any other split nothing stands beside: not another day, not another population', async () => {
    const comparison = await compare(task, outcome, [], { bootstrap: 0, folds: 0 })
    expect(besidePeers(comparison)).toBeUndefined()
    const cdnow = { observeFrom: '1997-01-01', cutoff: '1997-10-01', horizon: 273, customers: 23_500, digest: '' }
    expect(peerFigures(cdnow)?.dataset).toBe('cdnow')
    for (const other of [{ horizon: 272 }, { customers: 23_501 }, { cutoff: '1997-09-30' }])
      expect(peerFigures({ ...cdnow, ...other })).toBeUndefined()
  })

  test('every figure lies where its metric can be', () => {
    const scores = PEER_FIGURES.flatMap(({ figures }) => figures.map(({ scores }) => scores))
    expect(scores).toHaveLength(24)
    scores.forEach(({ gini = NaN, spearman = NaN, decile_mape = NaN, sum_ratio = NaN }) => {
      expect(gini).toBeGreaterThan(spearman)
      expect(gini).toBeLessThan(1)
      expect(Math.min(decile_mape, sum_ratio)).toBeGreaterThan(0)
    })
  })
})
