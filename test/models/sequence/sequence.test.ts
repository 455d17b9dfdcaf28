import { beforeAll, describe, expect, it } from 'vitest'
import { FitError, FormatError, SchemaError } from '../../../lib/errors/index.ts'
import {
  allModels,
  cnnWith,
  dnn,
  dnnWith,
  linearModels,
  models,
  restoreModel,
  rnnWith,
  SEQUENCE,
  type FittedSequence,
  type SequenceModel,
} from '../../../lib/models/index.ts'
import { fitWeeks, weekInputs } from '../../../lib/models/sequence/weeks.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { customers, madeTask } from '../tiny-task.ts'
import { weeklyTask, WEEKS, withMadeWeeks } from './weekly-task.ts'

const task = weeklyTask(300)
const seed = Seed.of(4)
const quick = { epochs: 15, rate: 0.01, batch: 32 }

describe.each<readonly [string, SequenceModel]>([
  ['cnn', cnnWith('cnn', 'quick', quick)],
  ['rnn', rnnWith('rnn', 'quick', quick)],
])('%s over weeks', (name, model) => {
  let fitted: FittedSequence
  beforeAll(async () => {
    fitted = await model.fit(task, { seed })
  })
  const rowsOf = (of: { predict: FittedSequence['predict'] }, horizon = 100): readonly unknown[] => [
    ...of.predict(task.customers, horizon).rows(),
  ]

  it('learns which weeks matter: who bought in the last three is likelier to return, and worth more', () => {
    const said = fitted.predict(task.customers, 100)
    const recent = [1, 2, 3].map(ago => task.customers.column(`week_${ago}_spend` as 'spend'))
    const late = (i: number): boolean => recent.some(week => (week[i] as number) > 0)
    const mean = (column: 'value' | 'probability', of: boolean): number => {
      const kept = (said.column(column) as readonly number[]).filter((_, i) => late(i) === of)
      return kept.reduce((a, b) => a + b, 0) / kept.length
    }
    expect(mean('probability', true)).toBeGreaterThan(mean('probability', false) + 0.4)
    expect(mean('value', true)).toBeGreaterThan(3 * mean('value', false))
    expect(said.column('expected_purchases')[0]).toBeNull()
  })

  it('carries value and probability to another horizon', () => {
    const [near, far] = [fitted.predict(task.customers, 50), fitted.predict(task.customers, 100)]
    ;(near.column('probability') as readonly number[]).forEach((p, i) =>
      expect(far.column('probability')[i]).toBeCloseTo(1 - (1 - p) ** 2, 10),
    )
    ;(near.column('value') as readonly number[]).forEach((value, i) => expect(far.column('value')[i]).toBeCloseTo(2 * value, 8))
  })

  it('foretells nobody more than the largest spend that it fitted', () => {
    const most = Math.max(...(task.training.outcome.column('future_value') as unknown as Float64Array))
    const wild = withMadeWeeks(customers([{ customer_id: 'wild', history: 70 }]), [Array.from({ length: WEEKS }, () => 1e12)])
    for (const value of fitted.predict(wild, 50).column('value') as readonly number[])
      expect(value).toBeLessThanOrEqual(most * (1 + 1e-9))
  })

  it('is saved and restored exactly, through JSON, and known by its name', () => {
    const saved = fitted.save()
    const back = restoreModel({ ...saved, state: JSON.parse(JSON.stringify(saved.state)) as Record<string, unknown> })
    expect(rowsOf(back)).toEqual(rowsOf(fitted))
    expect(back.parameters).toEqual(fitted.parameters)
    expect(allModels().map(each => each.name)).toContain(name)
    expect(models().map(each => each.name)).not.toContain(name)
  })

  it('refuses another version, a state without its parts, and weights that do not fit', () => {
    const saved = fitted.save()
    const [first = ''] = Object.keys(saved.arrays ?? {})
    expect(() => model.restore({ ...saved, version: 99 })).toThrow(FormatError)
    expect(() => model.restore({ ...saved, state: {} })).toThrow(/does not hold the weeks that it reads/)
    expect(() => model.restore({ ...saved, state: { ...saved.state, unit: null } })).toThrow(/a finite number/)
    expect(() => model.restore({ ...saved, arrays: { ...saved.arrays, [first]: new Float32Array(1) } })).toThrow(FormatError)
  })

  it('gives the same bytes for the same seed, and others for another', async () => {
    expect(rowsOf(await model.fit(task, { seed }))).toEqual(rowsOf(fitted))
    expect(rowsOf(await model.fit(task, { seed: Seed.of(5) }))).not.toEqual(rowsOf(fitted))
  })

  it('says how far it is, and gives what was learnt when it is cancelled', async () => {
    const controller = new AbortController()
    const heard: string[] = []
    const cut = await model.fit(task, {
      seed,
      signal: controller.signal,
      onProgress: (done, text) => {
        heard.push(text)
        if (done >= 2 / 15) controller.abort()
      },
    })
    expect(heard).toHaveLength(3)
    expect(heard[0]).toMatch(/^needs \d+\.\d MiB: parameters /)
    expect(heard[2]).toMatch(/^epoch 2 of 15, loss /)
    expect(cut.history).toHaveLength(2)
  })

  it('refuses a task without weeks, and says how to build one', async () => {
    await expect(model.fit(madeTask(60).task, { seed })).rejects.toThrow(SchemaError)
    await expect(model.fit(madeTask(60).task, { seed })).rejects.toThrow(/withWeeks\(coreFeatures\)/)
    expect(() => fitted.predict(madeTask(60).task.customers, 50)).toThrow(/without "week_1_/)
  })

  it('says whom it cannot learn from', async () => {
    await expect(model.fit(weeklyTask(10), { seed })).rejects.toThrow(FitError)
  })
})

describe('weeks as inputs', () => {
  const all = Uint32Array.from({ length: 300 }, (_, i) => i)

  it('reads no more weeks than the history holds, nor more than it is asked to', () => {
    expect(fitWeeks(task.training.features, all, SEQUENCE.weeks).weeks).toBe(10)
    expect(fitWeeks(weeklyTask(300, 40).training.features, all, 26).weeks).toBe(5)
    expect(fitWeeks(task.training.features, all, 3).weeks).toBe(3)
    expect(() => fitWeeks(weeklyTask(300, 6).training.features, all, 26)).toThrow(/shorter than a week/)
  })

  it('lays the oldest week first, each channel of mean 0 and spread 1 over those that fitted', () => {
    const { features } = task.training
    const layout = fitWeeks(features, all, 10)
    const x = weekInputs(features, layout)
    for (const c of [0, 1]) {
      const values = x.filter((_, i) => i % 2 === c)
      const mean = values.reduce((a, b) => a + b, 0) / values.length
      expect(mean).toBeCloseTo(0, 4)
      expect(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length).toBeCloseTo(1, 4)
    }
    const { mean, sd } = layout.channels[1] as { mean: number; sd: number }
    expect(layout.channels.map(channel => channel.name)).toEqual(['purchases', 'spend'])
    expect(x[2 * 10 * 7 + 1]).toBeCloseTo((Math.log1p(features.column('week_10_spend' as 'spend')[7] as number) - mean) / sd, 5)
    expect(x[2 * 10 * 7 + 19]).toBeCloseTo((Math.log1p(features.column('week_1_spend' as 'spend')[7] as number) - mean) / sd, 5)
  })

  it('are left alone by models that read features', async () => {
    const plain = madeTask(80).task
    const add = (table: typeof plain.customers): typeof plain.customers =>
      withMadeWeeks(
        table,
        Array.from({ length: 80 }, (_, i) => Array.from({ length: WEEKS }, (_, ago) => i * ago)),
      )
    const weeks = {
      ...plain,
      customers: add(plain.customers),
      training: { ...plain.training, features: add(plain.training.features) },
    }
    for (const model of [dnnWith(dnn.name, dnn.title, { epochs: 2 }), ...linearModels]) {
      const [a, b] = [await model.fit(plain, { seed }), await model.fit(weeks, { seed })]
      expect([...b.predict(weeks.customers, 50).rows()]).toEqual([...a.predict(plain.customers, 50).rows()])
    }
  })
})
