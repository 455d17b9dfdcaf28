import { describe, expect, test } from 'vitest'
import { FitError, LeakageError } from '../../../lib/errors/index.ts'
import { baselineModels, lastPeriod, meanValue, pastSpend, rfmCellMean, type Task } from '../../../lib/models/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { customers, happened, madeTask } from '../tiny-task.ts'

const seed = Seed.of(1)
const past = customers([
  {
    customer_id: 'a',
    spend: 30,
    history: 60,
    spend_last_period: 12,
    last_period: 30,
    frequency: 2,
    mean_spend: 10,
    days_since_last: 5,
  },
  {
    customer_id: 'b',
    spend: 0,
    history: 60,
    spend_last_period: 0,
    last_period: 30,
    frequency: 0,
    mean_spend: 0,
    days_since_last: 50,
  },
])
const task: Task = {
  customers: past,
  training: { features: past, outcome: happened(['b', 'a'], [0, 6]), horizon: 20 },
  horizon: 40,
}

describe('baselines', () => {
  test('mean: 3 in 20 days is 6 in 40, for everybody', async () => {
    const said = (await meanValue.fit(task, { seed })).predict(past, 40)
    expect(Array.from(said.column('value'))).toEqual([6, 6])
  })

  test('past spend at the same rate: 30 in 60 days of history is 20 in 40', async () => {
    const said = (await pastSpend.fit(task, { seed })).predict(past, 40)
    expect(Array.from(said.column('value'))).toEqual([20, 0])
  })

  test('last period: 12 in 30 days is 16 in 40', async () => {
    const said = (await lastPeriod.fit(task, { seed })).predict(past, 40)
    expect(Array.from(said.column('value'))).toEqual([16, 0])
  })

  test('RFM cell mean: the cell of each, its share of buyers carried over to twice the days', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => ({
      customer_id: `c${i}`,
      frequency: Math.floor(i / 3),
      days_since_last: 10 * Math.floor(i / 3),
      mean_spend: Math.floor(i / 3),
      history: 60,
    }))
    const nine = customers(rows)
    const outcome = happened(
      rows.map(({ customer_id }) => customer_id),
      [0, 0, 0, 3, 0, 0, 9, 9, 0],
    )
    const fitted = await rfmCellMean.fit(
      { customers: nine, training: { features: nine, outcome, horizon: 20 }, horizon: 40 },
      { seed },
    )
    const said = fitted.predict(nine, 40)
    expect(Array.from(said.column('value'))).toEqual([0, 0, 0, 2, 2, 2, 12, 12, 12])
    ;[0, 0, 0, 1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3].forEach((share, i) =>
      expect(said.column('probability')[i]).toBeCloseTo(1 - (1 - share) * (1 - share), 14),
    )
  })

  test('what a baseline does not model is empty: no probability is made up', async () => {
    for (const model of [meanValue, pastSpend, lastPeriod]) {
      const said = (await model.fit(task, { seed })).predict(past, 40)
      expect(said.column('probability')).toEqual([null, null])
      expect(said.column('expected_purchases')).toEqual([null, null])
    }
  })

  test('each is restored from JSON with the same predictions, bit for bit', async () => {
    const { task } = madeTask(60)
    for (const model of baselineModels) {
      const fitted = await model.fit(task, { seed })
      const again = model.restore(JSON.parse(JSON.stringify(fitted.save())))
      expect([...again.predict(task.customers, 33).rows()]).toEqual([...fitted.predict(task.customers, 33).rows()])
    }
  })

  test('without a customer before the training window there is no mean, and the way out is named', async () => {
    const empty = past.take([])
    const none: Task = { ...task, training: { features: empty, outcome: happened([], []), horizon: 20 } }
    await expect(meanValue.fit(none, { seed })).rejects.toThrow(FitError)
    await expect(meanValue.fit(none, { seed })).rejects.toThrow(/later cutoff/)
  })

  test('a table of outcomes is refused at run time', async () => {
    const fitted = await pastSpend.fit(task, { seed })
    expect(() => fitted.predict(happened(['a'], [1]) as never, 40)).toThrow(LeakageError)
  })
})
