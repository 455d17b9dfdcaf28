import { beforeAll, describe, expect, it } from 'vitest'
import { FormatError, LeakageError } from '../../../lib/errors/index.ts'
import {
  ARTICLE,
  dnnWith,
  dnnWithMade,
  ganWith,
  vaeHead,
  type FittedModel,
  type MadeCustomers,
  type SavedModel,
  type Synthesiser,
  type TrainingWindow,
} from '../../../lib/models/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { madeTask } from '../tiny-task.ts'

const { task, outcome } = madeTask(300)
const seed = Seed.of(4)
const short = { ...ARTICLE, epochs: 5 }

/** Keeps what it was given, and makes what it is told to. */
function spy(
  made: (window: TrainingWindow) => MadeCustomers,
): Synthesiser & { readonly seen: TrainingWindow[]; readonly counts: number[] } {
  const [seen, counts]: [TrainingWindow[], number[]] = [[], []]
  return {
    name: 'spy',
    title: 'Spy',
    seen,
    counts,
    fit: async window => {
      seen.push(window)
      return {
        model: 'spy',
        parameters: {},
        history: [],
        sample: async count => {
          counts.push(count)
          return made(window)
        },
        save: () => ({ model: 'spy', version: 1, state: {} }),
      }
    },
    restore: () => {
      throw new Error('not used')
    },
  }
}

describe('the network with made customers', () => {
  it('lets the maker see the customers that fit alone, and asks for as many as the share says', async () => {
    const maker = spy(({ features, outcome: known }) => ({ features: features.head(10), outcome: known }))
    await dnnWithMade(maker, { share: 0.5, network: short }).fit(task, { seed })
    expect(maker.seen[0]?.features.length).toBe(240)
    expect(maker.counts).toEqual([120])
  })

  it('learns from them, while the scaler stays that of the real ones', async () => {
    const rich = spy(({ features, outcome: known }) => ({
      features: features.derive({ spend: () => 1e6 }) as never,
      outcome: known,
    }))
    const [plain, changed] = [
      await dnnWith('dnn', 'plain', short).fit(task, { seed }),
      await dnnWithMade(rich, { network: short }).fit(task, { seed }),
    ]
    expect(changed.save().state['layout']).toEqual(plain.save().state['layout'])
    expect(changed.save().state['scale']).toEqual(plain.save().state['scale'])
    expect(changed.save().arrays).not.toEqual(plain.save().arrays)
  })

  it('is called after its maker', () => {
    expect(dnnWithMade(ganWith('gan', 'x'))).toMatchObject({
      name: 'dnn-gan',
      title: 'Deep network, GAN customers added',
      family: 'generative',
    })
  })
})

describe('the head on latents', () => {
  let fitted: FittedModel

  beforeAll(async () => {
    fitted = await vaeHead.fit(task, { seed })
  })

  it('tells those who return from those who do not', () => {
    const p = fitted.predict(task.customers, 100).column('probability') as readonly number[]
    const mean = (yes: boolean): number => {
      const own = p.filter((_, i) => outcome.column('buys_again')[i] === yes)
      return own.reduce((a, b) => a + b, 0) / own.length
    }
    expect(mean(true)).toBeGreaterThan(mean(false) + 0.05)
  })

  it('is restored to the same predictions, bit for bit', () => {
    const restored = vaeHead.restore(fitted.save())
    expect([...restored.predict(task.customers, 60).rows()]).toEqual([...fitted.predict(task.customers, 60).rows()])
    expect(restored.parameters).toEqual(fitted.parameters)
  })

  it('is the same for the same seed', async () => {
    expect((await vaeHead.fit(task, { seed })).save().arrays).toEqual(fitted.save().arrays)
  })

  it('refuses a saved model without its parts, and an outcome in place of features', () => {
    expect(() => vaeHead.restore({ model: 'vae-head', version: 1, state: {} } as SavedModel)).toThrow(FormatError)
    expect(() => vaeHead.restore({ ...fitted.save(), arrays: {} })).toThrow(/weights .* are missing/)
    expect(() => fitted.predict(outcome as never, 60)).toThrow(LeakageError)
  })
})
