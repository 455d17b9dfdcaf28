import { describe, expect, test } from 'vitest'
import { FitError, FormatError, LeakageError } from '../../../lib/errors/index.ts'
import type { CoreRow } from '../../../lib/features/index.ts'
import { btydModels, type FittedModel, type SavedModel, type Task } from '../../../lib/models/index.ts'
import { gamma, Seed } from '../../../lib/numeric/index.ts'
import type { Table } from '../../../lib/schema/index.ts'
import { customers, madeTask } from '../tiny-task.ts'
import { simulated } from './simulated-populations.ts'

const options = { seed: Seed.of(1) }
const table = shop(400)
const fitTo = (each: Table<CoreRow>): Task => ({ ...madeTask(5).task, customers: each })

/** A shop whose customers spend by Gamma-Gamma. */
function shop(count: number): Table<CoreRow> {
  const random = Seed.of(2).child('shop').random()
  const { frequency, recency, T } = simulated([0.6, 5, 0.7, 2.2], count, random)
  return customers(
    Array.from({ length: count }, (_, i) => {
      const rate = gamma(random, 3.7, 15)
      const x = frequency[i] as number
      const first = gamma(random, 6, rate)
      const monetary = x === 0 ? 0 : gamma(random, 6 * x, x * rate)
      return {
        customer_id: `c${i}`,
        frequency: x,
        recency: recency[i] as number,
        T: T[i] as number,
        monetary,
        mean_spend: (first + monetary * x) / (x + 1),
      }
    }),
  )
}

describe.each(btydModels)('$name', model => {
  const fitted = model.fit(fitTo(table), options)
  const columns = async (each: FittedModel | Promise<FittedModel>): Promise<readonly unknown[]> => [
    ...(await each).predict(table, 180).rows(),
  ]

  test('predicts finite money, a probability and a count for everybody, in order', async () => {
    const rows = [...(await fitted).predict(table, 180).rows()]
    expect(rows.map(row => row.customer_id)).toEqual(table.column('customer_id'))
    for (const { value, probability, expected_purchases: expected } of rows) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThan(1e6)
      expect(probability).toBeGreaterThanOrEqual(0)
      expect(probability).toBeLessThanOrEqual(1)
      // P(at least one) <= E[number], by Markov
      expect(probability).toBeLessThanOrEqual((expected as number) * (1 + 1e-12))
    }
  })

  test('a longer horizon promises more', async () => {
    const [short, long] = [30, 300].map(async days => (await fitted).predict(table, days).column('value'))
    const [less, more] = [await short, await long] as [ArrayLike<number>, ArrayLike<number>]
    for (let i = 0; i < less.length; i++) expect(more[i]).toBeGreaterThanOrEqual(less[i] as number)
  })

  test('saved, made text, and restored, it predicts the same bits', async () => {
    const text = JSON.stringify((await fitted).save())
    const restored = model.restore(JSON.parse(text) as SavedModel)
    expect(await columns(restored)).toEqual(await columns(fitted))
    expect(restored.parameters).toEqual((await fitted).parameters)
  })

  test('twice fitted, it is twice the same', async () => {
    expect(await columns(model.fit(fitTo(table), { seed: Seed.of(99) }))).toEqual(await columns(fitted))
  })

  test('what was saved by another model, another version, or is damaged is refused', async () => {
    const saved = (await fitted).save()
    expect(() => model.restore({ ...saved, version: 99 })).toThrow(FormatError)
    expect(() => model.restore({ ...saved, model: 'other' })).toThrow(FormatError)
    expect(() => model.restore({ ...saved, state: {} })).toThrow(/state\.purchases/)
    expect(() =>
      model.restore({ ...saved, state: { ...saved.state, spending: { parameters: { p: 1, q: -1, gamma: 2 } } } }),
    ).toThrow(/state\.spending/)
  })

  test('refuses a horizon that is none, and a table of outcomes', async () => {
    const { predict } = await fitted
    for (const horizon of [0, -1, NaN, Infinity]) expect(() => predict(table, horizon)).toThrow(FitError)
    expect(() => predict(madeTask(5).outcome as never, 30)).toThrow(LeakageError)
  })

  test('refuses what tells it nothing', async () => {
    const fresh = customers(Array.from({ length: 50 }, (_, i) => ({ customer_id: `c${i}`, T: 10 + i, mean_spend: 5 })))
    await expect(model.fit(fitTo(fresh), options)).rejects.toMatchObject({ name: 'FitError', code: 'no-repeat' })
    const unpaid = customers(
      Array.from({ length: 50 }, (_, i) => ({ customer_id: `c${i}`, frequency: 1, recency: 3 + i, T: 60 })),
    )
    await expect(model.fit(fitTo(unpaid), options)).rejects.toMatchObject({ name: 'FitError', code: 'too-few-spenders' })
  })

  test('stops when it is told to, and says how far it is', async () => {
    await expect(model.fit(fitTo(table), { ...options, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
    const seen: number[] = []
    await model.fit(fitTo(table), { ...options, onProgress: done => seen.push(done) })
    expect(seen).toEqual([0.5, 1])
  })
})

test('spend so heavy-tailed that its mean is infinite is refused by name, and the way out fits', async () => {
  const random = Seed.of(5).random()
  const heavy = customers(
    table.column('customer_id').map((id, i) => {
      const [frequency, recency, T] = [
        table.column('frequency')[i] as number,
        table.column('recency')[i] as number,
        table.column('T')[i] as number,
      ]
      const spend = 1 / gamma(random, 0.4, 1)
      return { customer_id: id, frequency, recency, T, monetary: frequency === 0 ? 0 : spend, mean_spend: spend }
    }),
  )
  const [repeats, all] = [btydModels[0], btydModels[1]]
  await expect(repeats.fit(fitTo(heavy), options)).rejects.toMatchObject({ name: 'FitError', code: 'infinite-mean-spend' })
  expect((await all.fit(fitTo(heavy), options)).predict(heavy, 90).column('value')).toHaveLength(heavy.length)
})
