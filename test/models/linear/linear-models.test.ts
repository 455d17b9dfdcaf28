import { describe, expect, test } from 'vitest'
import { FitError } from '../../../lib/errors/index.ts'
import { linearModels, linearRegression, logisticRegression, twoStage } from '../../../lib/models/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { happened, madeTask } from '../tiny-task.ts'

const seed = Seed.of(1)
const { task } = madeTask(80)

describe('linear models', () => {
  test('linear says a value, logistic a probability, two-stage both', async () => {
    const said = await Promise.all(
      [linearRegression, logisticRegression, twoStage].map(async model =>
        (await model.fit(task, { seed })).predict(task.customers, 100),
      ),
    )
    const says = said.map(each => [each.column('value')[0] !== null, each.column('probability')[0] !== null])
    expect(says).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ])
    said.forEach(each => expect(each.column('expected_purchases')[0]).toBeNull())
  })

  test('values grow with the horizon, probabilities are carried over as 1 - (1 - p)^(h / trained)', async () => {
    const fitted = await twoStage.fit(task, { seed })
    const [once, thrice] = [fitted.predict(task.customers, 50), fitted.predict(task.customers, 150)]
    for (let i = 0; i < task.customers.length; i++) {
      const p = once.column('probability')[i] as number
      expect(thrice.column('value')[i]).toBeCloseTo(3 * (once.column('value')[i] as number), 9)
      expect(thrice.column('probability')[i]).toBeCloseTo(1 - (1 - p) * (1 - p) * (1 - p), 12)
    }
  })

  test('in the training window the mean probability is the share that returned: the intercept is free', async () => {
    const fitted = await logisticRegression.fit(task, { seed })
    const said = fitted.predict(task.training.features, 50).column('probability') as unknown as Float64Array
    const returned = task.training.outcome.column('buys_again').filter(Boolean).length
    expect(said.reduce((sum, p) => sum + p, 0)).toBeCloseTo(returned, 7)
  })

  test('missing gaps of customers who bought once are filled, not passed on', async () => {
    expect(Array.from(task.customers.column('mean_gap')).some(Number.isNaN)).toBe(true)
    const said = (await twoStage.fit(task, { seed })).predict(task.customers, 100)
    expect(Array.from(said.column('value')).every(Number.isFinite)).toBe(true)
  })

  test('each is restored from JSON with the same predictions, bit for bit', async () => {
    for (const model of linearModels) {
      const fitted = await model.fit(task, { seed })
      const again = model.restore(JSON.parse(JSON.stringify(fitted.save())))
      expect([...again.predict(task.customers, 33).rows()]).toEqual([...fitted.predict(task.customers, 33).rows()])
    }
  })

  test('too few customers, or an outcome in which nobody returns, is refused by name', async () => {
    await expect(twoStage.fit(madeTask(10).task, { seed })).rejects.toThrow(/only 10 customers/)
    const ids = task.training.features.column('customer_id')
    const nobody = {
      ...task,
      training: {
        ...task.training,
        outcome: happened(
          ids,
          ids.map(() => 0),
        ),
      },
    }
    await expect(logisticRegression.fit(nobody, { seed })).rejects.toThrow(FitError)
  })

  test('nothing after the cutoff is read: the fit does not depend on the customers at the cutoff', async () => {
    const other = { ...task, customers: madeTask(80, 9).task.customers }
    expect((await twoStage.fit(other, { seed })).save()).toEqual((await twoStage.fit(task, { seed })).save())
  })
})

describe('two-stage far from what it learned', () => {
  test('nobody is foretold more than four times the largest spend of the training window, at its length', async () => {
    const fitted = await twoStage.fit(task, { seed })
    const most = Math.max(...task.training.outcome.column('future_value'))
    const huge = task.customers.derive({
      spend: row => row.spend * 1e9,
      mean_spend: row => row.mean_spend * 1e9,
      monetary: row => row.monetary * 1e9,
      frequency: () => 1e6,
    })
    const values = Array.from(
      fitted.predict(huge as unknown as typeof task.customers, task.training.horizon).column('value') as unknown as Float64Array,
    )
    expect(Math.max(...values)).toBeLessThanOrEqual(4 * most * (1 + 1e-12))
    expect(Math.max(...Array.from(fitted.predict(task.customers, 50).column('value') as unknown as Float64Array))).toBeLessThan(
      2 * most,
    )
  })

  test('a window in which purchases cost nothing is refused by name', async () => {
    const ids = task.training.features.column('customer_id')
    const free = happened(
      ids,
      ids.map(() => 0),
    ).derive({ buys_again: row => row.customer_id < 'c0040' })
    const gifts = { ...task, training: { ...task.training, outcome: free as unknown as typeof task.training.outcome } }
    await expect(twoStage.fit(gifts, { seed })).rejects.toThrow(/nobody spends anything/)
  })
})
