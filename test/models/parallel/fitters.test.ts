import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FitError } from '../../../lib/errors/index.ts'
import { dnnWith, fitHere, fitInWorkers, modelNamed, type Fitters } from '../../../lib/models/index.ts'
import { carriedTask, taskFrom } from '../../../lib/models/parallel/carried-task.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { weeklyTask } from '../sequence/weekly-task.ts'
import { madeTask } from '../tiny-task.ts'

const { task } = madeTask(60)
const weekly = weeklyTask(60)
let workers: Fitters

beforeAll(async () => {
  const { ensureBuilt } = (await import(
    pathToFileURL(path.resolve(import.meta.dirname, '../../../bin/support/build.js')).href
  )) as { readonly ensureBuilt: () => Promise<unknown> }
  await ensureBuilt()
  workers = fitInWorkers(2)
})

afterAll(async () => await workers.close())

describe('fits in workers', () => {
  it('are the bytes of fits in this thread, several seeds side by side', async () => {
    for (const name of ['dnn', 'two-stage', 'bg-nbd', 'mean']) {
      const model = modelNamed(name)
      const seeds = [1, 2, 3].map(each => Seed.of(each).child('fit'))
      const there = await Promise.all(seeds.map(seed => workers.fit(model, task, { seed })))
      for (const [i, seed] of seeds.entries()) {
        const here = await fitHere.fit(model, task, { seed })
        expect(there[i]?.save()).toEqual(here.save())
        expect([...(there[i] as typeof here).predict(task.customers, 90).rows()]).toEqual([
          ...here.predict(task.customers, 90).rows(),
        ])
      }
    }
  })

  it.each([
    ['cnn', weekly],
    ['rnn', weekly],
    ['dnn-gan', task],
    ['vae-head', task],
  ] as const)('so are those of %s, with one worker and with two', async (name, own) => {
    const alone = fitInWorkers(1)
    const seed = Seed.of(7).child(name)
    const [one, ...two] = await Promise.all([alone, workers, workers].map(each => each.fit(modelNamed(name), own, { seed })))
    const here = await fitHere.fit(modelNamed(name), own, { seed })
    for (const there of [one, ...two]) expect(there?.save()).toEqual(here.save())
    await alone.close()
  })

  it('tell their progress, and fail with the error of the fit', async () => {
    const heard: string[] = []
    await workers.fit(modelNamed('dnn'), task, { seed: Seed.of(1), onProgress: (_, text) => heard.push(text) })
    expect(heard[0]).toMatch(/^return: needs \d+\.\d MiB: parameters /)
    expect(heard[1]).toMatch(/^return: epoch 1 of 50/)
    const failed = workers.fit(modelNamed('two-stage'), madeTask(5).task, { seed: Seed.of(1) })
    await expect(failed).rejects.toThrow(FitError)
    await expect(failed).rejects.toMatchObject({ code: 'too-few-customers' })
  })

  it("a model of one's own settings keeps them", async () => {
    const fitted = await workers.fit(dnnWith('dnn', 'short', { epochs: 2 }), task, { seed: Seed.of(1) })
    expect(fitted.parameters['epochs']).toBe(2)
  })
})

it('a task stays what it is on its way', () => {
  const back = taskFrom(structuredClone(carriedTask(task)))
  expect([...back.customers.rows()]).toEqual([...task.customers.rows()])
  expect([...back.training.outcome.rows()]).toEqual([...task.training.outcome.rows()])
  expect([back.customers.when, back.training.outcome.when, back.horizon, back.training.horizon]).toEqual([
    'observed',
    'outcome',
    100,
    50,
  ])
})
