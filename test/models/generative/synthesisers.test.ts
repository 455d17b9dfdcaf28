import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { FitError, FormatError, LeakageError } from '../../../lib/errors/index.ts'
import {
  gan,
  ganWith,
  loadModel,
  loadSynthesiser,
  vae,
  vaeWith,
  type FittedSynthesiser,
  type MadeCustomers,
  type Synthesiser,
} from '../../../lib/models/index.ts'
import { fitCodec } from '../../../lib/models/generative/codec.ts'
import { epochsWithin } from '../../../lib/models/generative/train-program.ts'
import { readModel, saveModel } from '../../../lib/models/save/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { brokenRules } from '../../../lib/features/index.ts'
import { madeTask } from '../tiny-task.ts'
import { boughtTask } from './bought.ts'

const task = boughtTask(600)
const window = task.training
const seed = Seed.of(5)
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-generative-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))
const kinds: readonly (readonly [string, Synthesiser])[] = [
  ['vae', vaeWith('vae', 'short', { epochs: 60 })],
  ['gan', ganWith('gan', 'short', { epochs: 150 })],
]

const bytes = ({ features, outcome }: MadeCustomers): string =>
  createHash('sha256')
    .update(
      JSON.stringify([[...features.rows()], [...outcome.rows()]], (_, value: unknown) => (Number.isNaN(value) ? 'NaN' : value)),
    )
    .digest('hex')

test('a window is laid out once, with its outcome and without, and another with the same customers in the same way', () => {
  const both = fitCodec(window, { outcome: true })
  const without = fitCodec(window, { outcome: false })
  expect(fitCodec(window, { outcome: true })).toBe(both)
  expect(fitCodec(window, { outcome: false })).toBe(without)
  expect(without).not.toEqual(both)
  const other = fitCodec({ ...window }, { outcome: true })
  expect(other).not.toBe(both)
  expect(other).toEqual(both)
})

describe.each(kinds)('%s', (name, model) => {
  let fitted: FittedSynthesiser

  beforeAll(async () => {
    fitted = await model.fit(window, { seed })
  })

  it('makes customers with the columns of the real ones, whole numbers whole, whose age, repeats and size of purchase are within what was seen', async () => {
    const made = await fitted.sample(1000, Seed.of(1))
    expect(made.features.length).toBe(1000)
    expect(made.features.numericNames()).toEqual(window.features.numericNames())
    expect(made.outcome.column('customer_id')).toEqual(made.features.column('customer_id'))
    for (const column of window.features.numericNames()) {
      const real = window.features.column(column).filter(each => !Number.isNaN(each))
      const own = made.features.column(column).filter(each => !Number.isNaN(each))
      const [low, high] = [Math.min(...real), Math.max(...real)]
      if (['T', 'frequency', 'mean_spend'].includes(column)) {
        expect(Math.min(...own), column).toBeGreaterThanOrEqual(low)
        expect(Math.max(...own), column).toBeLessThanOrEqual(high)
      }
      if (real.every(Number.isInteger)) expect(own.every(Number.isInteger), column).toBe(true)
      if (real.length === window.features.length) expect(own.length, column).toBe(1000)
    }
  })

  it('makes customers of whom those who do not return spend nothing, and those who do buy at least once', async () => {
    const { outcome } = await fitted.sample(1000, Seed.of(2))
    const [value, purchases, returned] = [
      outcome.column('future_value'),
      outcome.column('future_purchases'),
      outcome.column('buys_again'),
    ]
    returned.forEach((yes, i) => {
      if (yes) expect(purchases[i]).toBeGreaterThanOrEqual(1)
      else expect([value[i], purchases[i]]).toEqual([0, 0])
    })
    expect(returned.some(Boolean) && !returned.every(Boolean)).toBe(true)
  })

  it('comes near to the real means, within a third of a standard deviation on the scale that it learns', async () => {
    const { features } = await fitted.sample(2000, Seed.of(3))
    for (const column of ['frequency', 'T', 'spend'] as const) {
      const logs = (values: Float64Array): number[] => [...values].map(Math.log1p)
      const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
      const real = logs(window.features.column(column))
      const sd = Math.sqrt(mean(real.map(each => (each - mean(real)) ** 2)))
      expect(Math.abs(mean(logs(features.column(column))) - mean(real)) / sd, column).toBeLessThan(1 / 3)
    }
  })

  it('makes the same customers for the same seed, others for another, and no row twice', async () => {
    const [a, b, c] = [
      await fitted.sample(700, Seed.of(4)),
      await fitted.sample(700, Seed.of(4)),
      await fitted.sample(700, Seed.of(5)),
    ]
    expect(bytes(a)).toBe(bytes(b))
    expect(bytes(a)).not.toBe(bytes(c))
    // blocks of 512 rows have random numbers of their own
    const spend = a.features.column('spend')
    expect(spend.slice(512)).not.toEqual(spend.slice(0, 188))
  })

  it('is fitted to the same weights for the same seed, and goes to a file and back', async () => {
    const again = await model.fit(window, { seed })
    const saved = fitted.save()
    expect(again.save().arrays).toEqual(saved.arrays)
    const file = path.join(folder, `${name}.clvlab`)
    await saveModel(file, saved)
    await expect(loadModel(file)).rejects.toThrow('`loadSynthesiser` brings back what makes customers')
    const restored = (await loadSynthesiser(file)) as FittedSynthesiser
    expect(model.restore(await readModel(file)).save()).toEqual(restored.save())
    expect(bytes(await restored.sample(700, Seed.of(4)))).toBe(bytes(await fitted.sample(700, Seed.of(4))))
    expect([restored.parameters, restored.history]).toEqual([fitted.parameters, fitted.history])
  })

  it('has the same weights on every machine (digests made once, on Node 20 and x86-64)', () => {
    const hash = createHash('sha256')
    for (const [key, values] of Object.entries(fitted.save().arrays ?? {}))
      hash.update(key).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    expect(hash.digest('hex')).toBe(
      {
        vae: '36dbbada27ef533dc54566651a2b57910e129e247a56f2e73519e21503032ce7',
        gan: 'a81378bd7c1f780069cdc20c825b1dab999c28dadb38e1911890c778fec1a070',
      }[name],
    )
  })

  it('tells its losses, epoch by epoch, and ends early when it is told to', async () => {
    expect(fitted.history).toHaveLength(name === 'vae' ? 60 : 150)
    const stop = new AbortController()
    const short = await model.fit(window, { seed, signal: stop.signal, onProgress: done => void (done > 0.05 && stop.abort()) })
    expect(short.history.length).toBeLessThan(20)
    expect(short.history[0]).toEqual(fitted.history[0])
  })

  it('refuses a window without customers to learn from', async () => {
    const one = { ...window, features: window.features.head(1) }
    await expect(model.fit(one, { seed })).rejects.toThrow(FitError)
    await expect(model.fit({ ...window, features: window.outcome as never }, { seed })).rejects.toThrow(LeakageError)
  })

  it('learns a table of few customers, and refuses one where all are alike', async () => {
    const few = { ...window, features: window.features.take([0, 0, 1]) }
    const made = await (await model.fit(few, { seed })).sample(5, Seed.of(1))
    expect(made.features.length).toBe(5)
    const twins = { ...window, features: window.features.take([0, 0, 0]) }
    await expect(model.fit(twins, { seed, outcome: false })).rejects.toMatchObject({ code: 'alike' })
  })

  it('makes nobody who cannot exist', async () => {
    const { features } = await fitted.sample(5000, Seed.of(6))
    expect(brokenRules(features)).toEqual({ customers: 0, rules: {} })
  })

  it('learns a table that gives the names of the core to something else, column by column', async () => {
    const other = madeTask(100).task.training
    const { features } = await (await model.fit(other, { seed })).sample(200, Seed.of(1))
    expect(features.numericNames()).toEqual(other.features.numericNames())
    expect(features.column('mean_gap').some(Number.isNaN)).toBe(true)
    expect(Math.max(...features.column('spend'))).toBeLessThanOrEqual(Math.max(...other.features.column('spend')))
  })

  it.each([
    ['of another version', (saved: ReturnType<FittedSynthesiser['save']>) => ({ ...saved, version: 9 }), /version 9, not 2/],
    [
      'without its weights',
      (saved: ReturnType<FittedSynthesiser['save']>) => ({ ...saved, arrays: {} }),
      /weights .* are missing/,
    ],
    [
      "whose state is another's",
      (saved: ReturnType<FittedSynthesiser['save']>) => ({ ...saved, state: {} }),
      /not that of a generative model/,
    ],
  ])('refuses a saved model %s', (_, spoil, message) => {
    expect(() => model.restore(spoil(fitted.save()))).toThrow(FormatError)
    expect(() => model.restore(spoil(fitted.save()))).toThrow(message)
  })
})

test('a large table is passed over fewer times, but ten at least', () => {
  const settings = { epochs: 100, batch: 128, steps: 4500 }
  expect([2787, 18_800, 1_000_000].map(rows => epochsWithin(settings, rows))).toEqual([100, 31, 10])
})

describe('vae', () => {
  it('learns: its loss falls, and its divergence from the prior is part of it', async () => {
    const { history } = await vaeWith('vae', 'short', { epochs: 40 }).fit(window, { seed })
    expect(history.at(-1)?.loss).toBeLessThan(history[0]?.loss as number)
  })

  it('runs away with the minus that the article prints: the loss falls without bound while σ and μ of z grow', async () => {
    const [right, printed] = [
      await vaeWith('vae', 'right', { epochs: 30 }).fit(window, { seed, outcome: false }),
      await vaeWith('vae', 'printed', { epochs: 30, divergence: -1 }).fit(window, { seed, outcome: false }),
    ]
    const reach = (z: Float32Array): number => z.reduce((most, each) => Math.max(most, Math.abs(each)), 0)
    expect(reach(printed.encode(window.features))).toBeGreaterThan(10 * reach(right.encode(window.features)))
    expect(printed.history.at(-1)?.loss).toBeLessThan((right.history.at(-1)?.loss as number) - 1000)
  })

  it('places customers only when it learnt features alone', async () => {
    const short = vaeWith('vae', 'short', { epochs: 2 })
    const [joint, alone] = [await short.fit(window, { seed }), await short.fit(window, { seed, outcome: false })]
    expect(alone.encode(task.customers)).toHaveLength(8 * task.customers.length)
    expect(brokenRules((await alone.sample(500, seed)).features).customers).toBe(0)
    expect(() => joint.encode(task.customers)).toThrow(/learnt features and outcome together/)
    expect(() => alone.encode(task.customers.drop('spend') as never)).toThrow(/no column "spend"/)
    expect(() => alone.encode(window.outcome as never)).toThrow(LeakageError)
  })

  it('has the settings that it says', () => {
    expect(vae.settings).toEqual({ latent: 8, units: [128, 64], rate: 1e-3, epochs: 200, steps: 9000, batch: 128, divergence: 1 })
    expect(gan.settings).toEqual({
      latent: 32,
      generator: [64, 128],
      discriminator: [128, 64],
      rate: 2e-4,
      beta1: 0,
      averaging: 0.95,
      epochs: 100,
      steps: 4500,
      batch: 64,
    })
  })
})
