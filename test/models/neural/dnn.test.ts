import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { FormatError } from '../../../lib/errors/index.ts'
import { dnn, dnnWith, restoreNeural } from '../../../lib/models/index.ts'
import type { FittedDnn } from '../../../lib/models/neural/fitted-dnn.ts'
import { splitCustomers } from '../../../lib/models/neural/split.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { customers, madeTask } from '../tiny-task.ts'

const { task, outcome } = madeTask(300)
const seed = Seed.of(4)
const short = dnnWith('dnn', 'short', { epochs: 20 })
let fitted: FittedDnn

beforeAll(async () => {
  fitted = await short.fit(task, { seed })
})

const rowsOf = (model: FittedDnn, horizon: number): readonly unknown[] => [...model.predict(task.customers, horizon).rows()]
const numbers = (column: readonly (number | null)[]): readonly number[] => column as readonly number[]

describe('dnn', () => {
  it('has the settings of the article', () => {
    expect(dnn.settings).toEqual({
      units: [128, 64],
      dropout: 0.5,
      rate: 1e-3,
      epochs: 50,
      batch: 32,
      validation: 0.2,
      log: false,
    })
  })

  it('gives a probability that ranks who returns, and value at the level of what was spent', () => {
    const said = fitted.predict(task.customers, 100)
    const [p, value, returned] = [
      numbers(said.column('probability')),
      numbers(said.column('value')),
      outcome.column('buys_again'),
    ]
    const mean = (values: readonly number[], keep: (i: number) => boolean): number => {
      const kept = values.filter((_, i) => keep(i))
      return kept.reduce((a, b) => a + b, 0) / kept.length
    }
    expect(mean(p, i => returned[i] === true)).toBeGreaterThan(mean(p, i => returned[i] === false) + 0.1)
    expect(mean(value, i => returned[i] === true)).toBeGreaterThan(mean(value, i => returned[i] === false) * 1.2)
    expect(p.every(each => each >= 0 && each <= 1) && value.every(each => each >= 0)).toBe(true)
    expect(said.column('expected_purchases')[0]).toBeNull()
  })

  it('carries value and probability to another horizon', () => {
    const [near, far] = [fitted.predict(task.customers, 50), fitted.predict(task.customers, 100)]
    const [p, q] = [numbers(near.column('probability')), numbers(far.column('probability'))]
    p.forEach((each, i) => expect(q[i]).toBeCloseTo(1 - (1 - each) ** 2, 10))
    numbers(near.column('value')).forEach((each, i) => expect(numbers(far.column('value'))[i]).toBeCloseTo(2 * each, 8))
  })

  it('tells its training epoch by epoch, for both networks', () => {
    for (const records of [fitted.history.returns, fitted.history.value]) {
      expect(records).toHaveLength(20)
      expect(records.at(-1)?.validationLoss).toBeLessThan(records[0]?.validationLoss as number)
    }
    expect(fitted.parameters).toMatchObject({ 'hidden units': '128-64', dropout: 0.5, epochs: 20 })
  })

  it('fits the scaler on the customers that fit, not on those that validate', async () => {
    const { validate } = splitCustomers(300, 0.2, seed.child('split'))
    // a value so large that it would move any mean it entered
    const rows = [...task.training.features.rows()].map((row, i) => (validate.includes(i) ? { ...row, spend: 1e9 } : row))
    const changed = await dnnWith('dnn', 'one epoch', { epochs: 1 }).fit(
      { ...task, training: { ...task.training, features: customers(rows) } },
      { seed },
    )
    const layoutOf = (model: FittedDnn): unknown => model.save().state['layout']
    expect(layoutOf(changed)).toEqual(layoutOf(fitted))
  })

  it('is saved and restored exactly, through JSON', () => {
    const saved = fitted.save()
    const back = restoreNeural({ ...saved, state: JSON.parse(JSON.stringify(saved.state)) as Record<string, unknown> })
    expect(rowsOf(back as FittedDnn, 77)).toEqual(rowsOf(fitted, 77))
    expect((back as FittedDnn).history).toEqual(fitted.history)
    expect(restoreNeural({ ...saved, model: 'linear' })).toBeUndefined()
  })

  it('refuses a file of another version, and weights that do not fit', () => {
    const saved = fitted.save()
    expect(() => restoreNeural({ ...saved, version: 99 })).toThrow(FormatError)
    expect(() => restoreNeural({ ...saved, state: {} })).toThrow(/not that of a network/)
    expect(() => restoreNeural({ ...saved, arrays: { ...saved.arrays, 'value/dense-0/weights': new Float32Array(3) } })).toThrow(
      /"value\/dense-0\/weights" are missing or are not \d+ floats/,
    )
  })

  it('gives the same bytes for the same seed on every machine (digest made once, on Node 20 and x86-64)', async () => {
    const again = await short.fit(task, { seed })
    const said = rowsOf(again, 100)
    expect(said).toEqual(rowsOf(fitted, 100))
    expect(createHash('sha256').update(JSON.stringify(said)).digest('hex')).toBe(
      '8780e43511d170ea5ea42f3efe823954b43344ca64ed078878bf6eedfeaafdb7',
    )
  })

  it('says how far it is, and gives what was learnt when it is cancelled', async () => {
    const controller = new AbortController()
    const heard: number[] = []
    const cut = await short.fit(task, {
      seed,
      signal: controller.signal,
      onProgress: (done, text) => {
        heard.push(done)
        if (text.startsWith('value: epoch 2 ')) controller.abort()
      },
    })
    // the memory of each of its two networks is told first
    expect(heard).toHaveLength(24)
    expect([heard[0], heard[20], heard[21]]).toEqual([0, 0.5, 0.5])
    expect(cut.history.value).toHaveLength(2)
    expect(cut.predict(task.customers, 100).length).toBe(300)
  })
})

describe('splitCustomers', () => {
  it('puts every customer on one side, four fifths to fit', () => {
    const { fit, validate } = splitCustomers(101, 0.2, seed)
    expect([...fit, ...validate].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, i) => i))
    expect(fit).toHaveLength(80)
  })
})
