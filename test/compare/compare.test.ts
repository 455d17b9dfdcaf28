import { describe, expect, test } from 'vitest'
import { combine, compare, comparePredictions } from '../../lib/compare/index.ts'
import { CompareError, FitError } from '../../lib/errors/index.ts'
import { normalisedGini } from '../../lib/metrics/index.ts'
import { modelNamed, type FittedModel, type Model, type PredictionRow } from '../../lib/models/index.ts'
import { COMPARISON_MIME, DISPLAY, sketched, Table, type ComparisonRecord } from '../../lib/schema/index.ts'
import { split } from './split.ts'

const { task, outcome } = split()
const quick = { bootstrap: 40, folds: 0 }

/** A model that says what it is told to: a value from a customer's number and the seed. */
function stub(
  name: string,
  say: (customer: number, seed: number) => number | null,
  tell: (customers: readonly string[]) => void = () => {},
): Model {
  return {
    name,
    title: name,
    family: 'stub',
    fit: async (given, { seed }): Promise<FittedModel> => {
      tell(given.training.features.column('customer_id'))
      return {
        model: name,
        parameters: {},
        save: () => ({ model: name, version: 1, state: {} }),
        predict: customers => {
          const customer_id = customers.column('customer_id')
          const value = customer_id.map((_, i) => say(i, seed.key0))
          const none = customer_id.map(() => null)
          return Table.fromColumns<PredictionRow, 'predicted'>(
            { customer_id, value, probability: none, expected_purchases: none },
            'predicted',
          )
        },
      }
    },
  }
}

describe('compare', () => {
  test('the baselines always stand in the table, once', async () => {
    const names = (await compare(task, outcome, [modelNamed('two-stage'), modelNamed('mean')], quick)).models.map(
      ({ model }) => model,
    )
    expect([...names].sort()).toEqual(['last-period', 'mean', 'past-spend-same-rate', 'rfm-cell-mean', 'two-stage'])
  })

  test('a score is the metric of what the model said, whatever the order of the outcome', async () => {
    const turned = { ...outcome, rows: outcome.rows.take(Array.from(outcome.rows.column('customer_id').keys()).reverse()) }
    const comparison = await compare(task, turned, [modelNamed('two-stage')], quick)
    const said = comparison.model('two-stage').runs[0]?.predictions.column('value') as unknown as Float64Array
    expect(comparison.score('two-stage', 'gini')?.value).toBe(normalisedGini(outcome.rows.column('future_value'), said))
  })

  test('its record keeps what two runs are held against each other by: horizon, resamples, the score over the first of them', async () => {
    const recordOf = async (seed: number): Promise<ComparisonRecord> => {
      const comparison = await compare(task, outcome, [modelNamed('two-stage')], { ...quick, seed })
      return comparison[DISPLAY]().data[COMPARISON_MIME] as ComparisonRecord
    }
    const [one, again, other] = [await recordOf(1), await recordOf(1), await recordOf(2)]
    expect(again).toEqual(one)
    expect(other.draws).not.toBe(one.draws)
    expect(one.horizon).toBe(task.horizon)
    const score = one.scores.find(({ model, measure }) => model === 'two-stage' && measure === 'gini')
    const drawn = sketched(score?.sketch ?? '', { low: score?.low as number, high: score?.high as number }) ?? []
    expect(drawn.filter(each => each >= (score?.low as number) && each <= (score?.high as number)).length).toBeGreaterThan(18)
    expect(one.scores.filter(({ unit }) => unit === 'money').map(({ measure }) => measure)).toEqual(
      one.scores.filter(({ measure }) => ['mse', 'rmse', 'mae'].includes(measure)).map(({ measure }) => measure),
    )
  })

  test('intervals hold the score of a model that foretells well, and the best is marked once per column', async () => {
    const comparison = await compare(task, outcome, [modelNamed('two-stage'), modelNamed('logistic')], {
      bootstrap: 200,
      folds: 0,
    })
    const { value, interval } = comparison.score('two-stage', 'gini') ?? {}
    expect(interval?.low).toBeLessThan(value as number)
    expect(interval?.high).toBeGreaterThan(value as number)
    const gini = [...comparison.rows.rows()].filter(({ metric }) => metric === 'gini')
    expect(gini.filter(({ best }) => best)).toHaveLength(1)
    expect(gini.filter(({ to_best_high }) => to_best_high !== null)).toHaveLength(gini.length - 1)
  })

  test('what a model does not say is not measured', async () => {
    const comparison = await compare(task, outcome, [modelNamed('logistic')], quick)
    expect(comparison.score('logistic', 'gini')).toBeUndefined()
    expect(comparison.score('last-period', 'auc')).toBeUndefined()
    expect([...comparison.table.rows()].find(({ model }) => model === 'logistic')?.gini).toBeNull()
  })

  test('a score that is no number is a dash in brackets, with a note, and null for programs', async () => {
    const constant = await compare(task, outcome, [stub('flat', () => 5)], { ...quick, bootstrap: 0 })
    expect(constant.score('flat', 'spearman')?.value).toBeNaN()
    const text = String(constant[DISPLAY]().data['text/plain'])
    expect(text).toMatch(/^flat +\S*\s*[-.\d]+ +\(—\) /m)
    expect(text).toMatch(
      /\(—\): there is no number, as for the rank correlation of a model that foretells the same for everybody/,
    )
    expect(text).not.toMatch(/undefined|NaN/)
    expect(JSON.parse(JSON.stringify(constant))).toMatchObject({
      models: expect.arrayContaining([
        expect.objectContaining({
          model: 'flat',
          scores: expect.objectContaining({ spearman: expect.objectContaining({ value: null }) }),
        }),
      ]),
    })
  })

  test('a learner runs once per seed with mean and spread, a model without chance runs once', async () => {
    const comparison = await compare(
      task,
      outcome,
      [stub('chance', (i, seed) => ((i * 7 + (seed % 97)) % 31) + 1), stub('fixed', i => i)],
      quick,
    )
    const { runs } = comparison.model('chance')
    expect(runs.map(({ seed }) => seed)).toEqual([1, 2, 3])
    const perSeed = runs.map(({ predictions }) =>
      normalisedGini(outcome.rows.column('future_value'), predictions.column('value') as unknown as Float64Array),
    )
    expect(comparison.score('chance', 'gini')?.value).toBeCloseTo(perSeed.reduce((sum, each) => sum + each, 0) / 3, 12)
    expect(comparison.score('chance', 'gini')?.seedSpread).toBeGreaterThan(0)
    expect(comparison.model('fixed').runs).toHaveLength(1)
    expect(comparison.score('fixed', 'gini')?.seedSpread).toBeUndefined()
  })

  test('a model that cannot be fitted, or gives no numbers, is listed with its reason and stops nobody', async () => {
    const failing: Model = {
      name: 'failing',
      title: 'Failing',
      family: 'stub',
      fit: async () => {
        throw new FitError({ code: 'no', what: 'too little was seen' })
      },
    }
    const comparison = await compare(
      task,
      outcome,
      [
        failing,
        stub('infinite', i => (i === 3 ? Infinity : 1)),
        stub('partial', i => (i === 3 ? null : 1)),
        modelNamed('linear'),
      ],
      quick,
    )
    expect(comparison.failures.map(({ model, reason }) => [model, reason])).toEqual([
      ['failing', 'too little was seen'],
      ['infinite', expect.stringMatching(/no usable value for 1 of 80/)],
      ['partial', expect.stringMatching(/no usable value for 1 of 80/)],
    ])
    expect(comparison.models.map(({ model }) => model)).toContain('linear')
    expect(() => comparison.model('failing')).toThrow(/too little was seen/)
    expect(() => comparison.model('absent')).toThrow(CompareError)
  })

  test('unequal windows, horizons and populations are refused', async () => {
    await expect(compare(task, { ...outcome, window: { cutoff: '2024-04-11', horizon: 100 } }, [], quick)).rejects.toThrow(
      CompareError,
    )
    await expect(compare(task, { ...outcome, window: { cutoff: '2024-04-10', horizon: 99 } }, [], quick)).rejects.toThrow(
      /99 days/,
    )
    await expect(compare(task, { ...outcome, rows: outcome.rows.head(79) }, [], quick)).rejects.toThrow(
      /1 of the 80 customers is missing/,
    )
    await expect(compare(task, split(90).outcome, [], quick)).rejects.toThrow(/10 are not among those/)
  })

  test('cross-validation holds each customer of the training window out once, and fits on the others alone', async () => {
    const fittedOn: (readonly string[])[] = []
    const comparison = await compare(
      task,
      outcome,
      [
        stub(
          'spy',
          i => i + 1,
          ids => fittedOn.push(ids),
        ),
      ],
      { bootstrap: 0, folds: 4, seeds: [1] },
    )
    const everybody = task.training.features.column('customer_id')
    const heldOut = fittedOn.slice(1).map(ids => everybody.filter(id => !ids.includes(id)))
    expect(heldOut.map(ids => ids.length)).toEqual([20, 20, 20, 20])
    expect(heldOut.flat().sort()).toEqual([...everybody].sort())
    const folds = comparison.score('spy', 'mae')?.folds
    expect(folds?.sd).toBeGreaterThan(0)
    expect(comparison.score('spy', 'mae')?.interval).toBeUndefined()
  })

  test('a model that cannot be fitted to a fold keeps its place, without cross-validation and with the reason', async () => {
    const fit: Model['fit'] = async (given, options) => {
      if (given.training.features.length < 80) throw new FitError({ code: 'few', what: 'a fold is too small' })
      return await stub('needy', i => i).fit(given, options)
    }
    const comparison = await compare(task, outcome, [{ ...stub('needy', i => i), fit }], { bootstrap: 0, folds: 3 })
    expect(comparison.score('needy', 'gini')).toMatchObject({ folds: undefined })
    expect(comparison.model('needy').foldFailure).toBe('a fold is too small')
    expect(comparison[DISPLAY]().data['text/plain']).toMatch(/needy has no cross-validation: a fold is too small/)
  })

  test('the same seeds give the same comparison, byte for byte', async () => {
    const [once, again] = [
      await compare(task, outcome, [modelNamed('two-stage')], { bootstrap: 30, folds: 3 }),
      await compare(task, outcome, [modelNamed('two-stage')], { bootstrap: 30, folds: 3 }),
    ]
    expect(JSON.stringify(again)).toBe(JSON.stringify(once))
  })

  test('two that are best alike are both marked, MSE stands beside its root, and deciles without spend are told of', async () => {
    const spent = new Map([...outcome.rows.rows()].map(row => [row.customer_id, row.future_value]))
    const known = task.customers.column('customer_id').map(id => spent.get(id) as number)
    const oracle = (name: string): Model => stub(name, customer => known[customer] as number)
    const comparison = await compare(task, outcome, [oracle('first'), oracle('second')], quick)
    const best = [...comparison.rows.rows()].filter(each => each.metric === 'mse' && each.best)
    expect(best.map(({ model }) => model).sort()).toEqual(['first', 'second'])
    const text = String(comparison[DISPLAY]().data['text/plain'])
    expect(text).toMatch(/ MSE +RMSE +MAE /)
    const empty = [...spent.values()].filter(each => each === 0).length
    const deciles = Math.floor(empty / (spent.size / 10))
    expect(deciles).toBeGreaterThan(0)
    expect(text).toMatch(new RegExp(`Decile MAPE leaves out deciles in which nobody spent anything: .*${deciles} of first`))
  })

  test('progress rises to 1, and a signal stops it', async () => {
    const seen: number[] = []
    await compare(task, outcome, [], { ...quick, onProgress: done => seen.push(done) })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
    await expect(compare(task, outcome, [], { ...quick, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  })

  test('shows itself as text and as HTML, names escaped', async () => {
    const { data } = (await compare(task, outcome, [{ ...stub('odd', i => i), title: 'a < b' }], quick))[DISPLAY]()
    expect(data['text/plain']).toMatch(/80 customers observed from 2024-01-01, cutoff 2024-04-10, the next 100 days/)
    expect(data['text/plain']).toMatch(/Past spend, same rate/)
    expect(data['text/html']).toContain('a &lt; b')
    expect(data['text/html']).not.toContain('a < b')
  })
})

describe('comparePredictions and combine', () => {
  test('predictions made elsewhere stand beside the baselines; other windows or customers are refused', async () => {
    const predictions = (await compare(task, outcome, [modelNamed('two-stage')], quick)).model('two-stage').runs[0]?.predictions
    if (predictions === undefined) throw new Error('the model was not run')
    const given = { model: 'mine', predictions, cutoff: '2024-04-10', horizon: 100 }
    const comparison = await comparePredictions(task, outcome, [given], { bootstrap: 0 })
    expect(comparison.models.map(({ model }) => model)).toEqual([
      'mean',
      'past-spend-same-rate',
      'last-period',
      'rfm-cell-mean',
      'mine',
    ])
    await expect(comparePredictions(task, outcome, [{ ...given, horizon: 90 }])).rejects.toThrow(CompareError)
    await expect(comparePredictions(task, outcome, [{ ...given, predictions: predictions.head(3) }])).rejects.toThrow(
      /77 of the 80 customers are missing/,
    )
  })

  test('comparisons of one split are joined and judged anew; those of another are refused', async () => {
    const one = await compare(task, outcome, [modelNamed('two-stage')], quick)
    const two = await compare(task, outcome, [modelNamed('linear')], quick)
    const both = await combine([one, two], { bootstrap: 40 })
    expect(both.models).toHaveLength(6)
    expect([...both.rows.rows()].filter(({ metric, best }) => metric === 'gini' && best)).toHaveLength(1)
    const elsewhere = split(80, 2)
    await expect(combine([one, await compare(elsewhere.task, elsewhere.outcome, [], quick)])).rejects.toThrow(
      /customers or their outcome/,
    )
    await expect(combine([one, one])).rejects.toThrow(/"two-stage" is in two/)
  })
})

test('among the best is who cannot be told apart by the paired difference; the baseline named is the best one', async () => {
  const comparison = await compare(task, outcome, [modelNamed('two-stage'), stub('noise', i => (i * 7919) % 101)], {
    bootstrap: 200,
    folds: 0,
  })
  const names = comparison.amongBest('gini').map(({ model }) => model)
  const score = (model: string) => comparison.score(model, 'gini')
  expect(score(names[0] as string)).toMatchObject({ best: true })
  expect(names).not.toContain('noise')
  for (const { model } of comparison.models) {
    const toBest = score(model)?.toBest
    expect(names.includes(model)).toBe(toBest === undefined ? score(model)?.best === true : toBest.low <= 0 && toBest.high >= 0)
  }
  const naive = comparison.models.filter(({ family }) => family === 'baseline').map(({ scores }) => scores.gini?.value as number)
  expect(comparison.bestBaseline('gini')?.scores.gini?.value).toBe(Math.max(...naive))
  const without = await compare(task, outcome, [], { bootstrap: 0, folds: 0 })
  expect(without.amongBest('gini').every(({ scores }) => scores.gini?.best === true)).toBe(true)
})
