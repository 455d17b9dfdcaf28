import { beforeAll, describe, expect, test } from 'vitest'
import {
  buildOutcome,
  buildTask,
  compare,
  peerFigures,
  PEER_FIGURES,
  type Comparison,
  type MeasureName,
} from '../../lib/compare/index.ts'
import { openDataset, USUAL_WINDOWS, type Windows } from '../../lib/data/index.ts'
import { modelNamed } from '../../lib/models/index.ts'
import { shared } from '../support/shared.ts'

const MODELS = ['bg-nbd', 'bg-nbd-gg1', 'two-stage']

describe.each(['online-retail', 'cdnow'])('%s by the protocol of the peers', name => {
  const folder = shared(`datasets/${name}`)
  const checked = folder === undefined ? test.skip : test
  let comparison: Comparison
  let windows: Windows
  beforeAll(async () => {
    if (folder === undefined) return
    const usual = USUAL_WINDOWS[name]
    if (usual === undefined) throw new Error(`no usual windows for ${name}`)
    const log = await openDataset(folder)
    const task = await buildTask(log, usual)
    windows = task.windows
    comparison = await compare(task, await buildOutcome(log, task), MODELS.map(modelNamed), { bootstrap: 0, folds: 0 })
    log.close()
  })

  const peer = (title: string, measure: MeasureName): number => {
    const found = PEER_FIGURES.find(({ dataset }) => dataset === name)?.figures.find(({ peer }) => peer === title)?.scores[
      measure
    ]
    if (found === undefined) throw new Error(`no ${measure} of ${title}`)
    return found
  }

  checked('the population and the training window are the peers’', () => {
    expect(comparison.split.customers).toBe(name === 'cdnow' ? 23_500 : 2_787)
    expect(windows.training.outcome).toEqual(
      name === 'cdnow' ? { cutoff: '1997-05-18', horizon: 136 } : { cutoff: '2011-03-06', horizon: 95 },
    )
    expect(peerFigures(comparison.split)?.dataset).toBe(name)
  })

  const apart = (model: string, title: string, measure: MeasureName): number =>
    Math.abs((comparison.score(model, measure)?.value ?? NaN) - peer(title, measure))

  // Sums are published to two digits: half of the last one more is allowed there.
  const cases: readonly (readonly [string, string, number])[] = [
    ['past-spend-same-rate', 'past spend, same rate', 0.002],
    ['last-period', 'last period', 0.002],
    ['bg-nbd', 'BG/NBD + GG (lifetimes)', 0.003],
    ['bg-nbd-gg1', 'BG/NBD + GG1', 0.003],
  ]
  for (const [model, title, tolerance] of cases) {
    checked(`${model}: Gini, Spearman and sum are those of "${title}" within ${tolerance}`, () => {
      expect(apart(model, title, 'gini')).toBeLessThanOrEqual(tolerance)
      expect(apart(model, title, 'spearman')).toBeLessThanOrEqual(tolerance)
      expect(apart(model, title, 'sum_ratio')).toBeLessThanOrEqual(tolerance + 0.005)
    })
  }

  checked('two-stage: Gini comes within .005 of the peers’ linear two-stage model, whose columns are others', () => {
    expect(apart('two-stage', 'linear two-stage (logit × log ridge)', 'gini')).toBeLessThanOrEqual(0.005)
  })

  checked('AUC of "buys again" by BG/NBD is that of lifetimes within .003', () => {
    expect(apart('bg-nbd', 'BG/NBD + GG (lifetimes)', 'auc')).toBeLessThanOrEqual(0.003)
  })
})
