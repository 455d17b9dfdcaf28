import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { folds } from '../../lib/compare/cross-validate.ts'
import { FitError } from '../../lib/errors/index.ts'
import {
  bgNbdLogLikelihood,
  fitBgNbd,
  fitGammaGamma,
  fitGgomNbd,
  fitMbgNbd,
  fitParetoNbd,
  gammaGammaLogLikelihood,
  ggomNbdLogLikelihood,
  groupHistories,
  mbgNbdLogLikelihood,
  paretoNbdLogLikelihood,
  type Fit,
  type Groups,
} from '../../lib/models/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { customers, happened } from '../models/tiny-task.ts'

/**
 * The most looks at all the data that a fit may take: two starts and second derivatives. Most fits here take fewer than 400, the most
 * seen is 1,189 on a ridge; a line search that runs away would take 40,000.
 */
const MOST = 3000

/** Customers seen for some days only, most of them once: what a fold of a young shop looks like. */
const shop = fc
  .record({
    days: fc.integer({ min: 5, max: 60 }),
    lively: fc.double({ min: 0.02, max: 1, noNaN: true }),
    count: fc.integer({ min: 12, max: 90 }),
    seed: fc.nat(),
  })
  .map(({ days, lively, count, seed }) => {
    const random = Seed.of(seed).random()
    return Array.from({ length: count }, (_, i) => {
      const T = random.integer(days)
      const frequency = random.uniform() < lively ? Math.min(T, random.integer(1 + Math.ceil(8 * lively))) : 0
      const recency = frequency === 0 ? 0 : frequency + random.integer(T - frequency + 1)
      const spend = 1 + Math.round(10_000 * random.uniform() * random.uniform()) / 100
      return {
        customer_id: `c${String(i).padStart(3, '0')}`,
        T,
        frequency,
        recency,
        monetary: frequency === 0 ? 0 : spend,
        mean_spend: spend,
        history: days,
      }
    })
  })

/** A look at all the data reads their first column in a loop: `reads` tells how often it did. */
function counted(groups: Groups): { readonly groups: Groups; readonly reads: () => number } {
  let reads = 0
  return {
    groups: {
      ...groups,
      get x() {
        return (reads++, groups.x)
      },
    },
    reads: () => reads,
  }
}

const processes: readonly (readonly [string, (groups: Groups) => Fit<object>, (groups: Groups) => number])[] = [
  ['BG/NBD', fitBgNbd, groups => bgNbdLogLikelihood({ r: 1, alpha: 1, a: 1, b: 1 }, groups)],
  ['MBG/NBD', fitMbgNbd, groups => mbgNbdLogLikelihood({ r: 1, alpha: 1, a: 1, b: 1 }, groups)],
  ['Pareto/NBD', fitParetoNbd, groups => paretoNbdLogLikelihood({ r: 1, alpha: 1, s: 1, beta: 1 }, groups)],
  ['GGom/NBD', fitGgomNbd, groups => ggomNbdLogLikelihood({ r: 1, alpha: 1, b: 0.1, s: 1, beta: 1 }, groups)],
]

function parts(rows: typeof shop extends fc.Arbitrary<infer R> ? R : never) {
  const features = customers(rows)
  const ids = rows.map(({ customer_id }) => customer_id)
  const training = {
    features,
    outcome: happened(
      ids,
      ids.map(() => 1),
    ),
    horizon: 10,
  }
  return folds({ customers: features, training, horizon: 10 }, 3, Seed.of(1)).map(({ task }) => task.customers)
}

test.each(processes)(
  '%s ends after a bounded number of looks at any fold of short histories, at a finite likelihood',
  (_, fit, look) => {
    fc.assert(
      fc.property(shop, rows => {
        for (const table of parts(rows)) {
          if (table.column('frequency').every(x => x === 0)) {
            expect(() => groupHistories(table)).toThrow(FitError)
            continue
          }
          const groups = groupHistories(table)
          const one = counted(groups)
          look(one.groups)
          const all = counted(groups)
          const { logLikelihood, parameters } = fit(all.groups)
          expect(Number.isFinite(logLikelihood)).toBe(true)
          Object.values(parameters).forEach(each => expect(each > 0 && each < Infinity).toBe(true))
          expect(all.reads() / one.reads()).toBeLessThan(MOST)
        }
      }),
      { numRuns: 15, seed: 7 },
    )
  },
)

test('Gamma-Gamma ends after a bounded number of looks at the spend of any such fold', () => {
  fc.assert(
    fc.property(shop, rows => {
      for (const table of parts(rows)) {
        const paid = [...table.column('frequency').keys()].filter(i => (table.column('frequency')[i] as number) > 0)
        if (paid.length < 3) continue
        const [x, z] = [table.column('frequency'), table.column('monetary')].map(column =>
          Float64Array.from(paid, i => column[i] as number),
        ) as [Float64Array, Float64Array]
        let looks = 0
        const watched = new Proxy(x, {
          get: (target, key) => (key === 'length' && looks++, Reflect.get(target, key, target) as unknown),
        })
        gammaGammaLogLikelihood({ p: 1, q: 1, gamma: 1 }, watched, z)
        const once = looks
        looks = 0
        expect(Number.isFinite(fitGammaGamma(watched, z).logLikelihood)).toBe(true)
        expect(looks / once).toBeLessThan(MOST)
      }
    }),
    { numRuns: 25, seed: 7 },
  )
})
