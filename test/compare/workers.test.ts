import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { compare, type Comparison } from '../../lib/compare/index.ts'
import { modelNamed } from '../../lib/models/index.ts'
import { split } from './split.ts'

beforeAll(async () => {
  const { ensureBuilt } = (await import(pathToFileURL(path.resolve(import.meta.dirname, '../../bin/support/build.js')).href)) as {
    readonly ensureBuilt: () => Promise<unknown>
  }
  await ensureBuilt()
})

const { task, outcome } = split()

async function compared(workers: number): Promise<Comparison> {
  return await compare(task, outcome, ['two-stage', 'bg-nbd', 'dnn'].map(modelNamed), {
    seeds: [1, 2],
    folds: 2,
    bootstrap: 10,
    workers,
  })
}

test('the comparison does not depend on the number of workers', async () => {
  const [one, three] = [await compared(1), await compared(3)]
  const facts = ({ models, failures }: Comparison): unknown => ({
    failures,
    models: models.map(({ model, runs, folds, foldFailure, scores }) => ({
      model,
      folds,
      foldFailure,
      scores,
      said: runs.map(({ seed, predictions }) => [seed, [...predictions.rows()]]),
    })),
  })
  expect(facts(three)).toEqual(facts(one))
  expect(one.models.find(({ model }) => model === 'dnn')?.runs).toHaveLength(2)
})

test('a model that cannot be fitted is listed with its reason, whoever fits', async () => {
  const broken = { ...modelNamed('two-stage'), name: 'broken', fit: async () => await Promise.reject(new Error('will not')) }
  const { failures } = await compare(task, outcome, [broken], { seeds: [1, 2], folds: 2, bootstrap: 0, workers: 2 })
  expect(failures).toEqual([{ model: 'broken', title: broken.title, reason: 'unexpected: will not' }])
})
