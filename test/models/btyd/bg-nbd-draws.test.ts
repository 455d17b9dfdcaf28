import { describe, expect, test } from 'vitest'
import type { CoreRow } from '../../../lib/features/index.ts'
import { bgNbdDraws, fitBgNbd, groupHistories } from '../../../lib/models/btyd/index.ts'
import { log, Seed } from '../../../lib/numeric/index.ts'
import { Table } from '../../../lib/schema/index.ts'
import { simulated, type Histories } from './simulated-populations.ts'

const root = Seed.of(31).child('draws')
const tableOf = ({ frequency, recency, T }: Histories) =>
  Table.fromColumns({ frequency, recency, T } as never, 'observed') as unknown as Table<CoreRow>
const customers = tableOf(simulated([0.8, 6, 0.6, 2], 4000, root.child('people').random()))
const { parameters, standardErrors } = fitBgNbd(groupHistories(customers))
const draws = bgNbdDraws(parameters, customers, { seed: root, draws: 4000 })
const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
const logs = (name: keyof typeof parameters): readonly number[] => draws.map(each => log(each[name]))

describe('draws of the parameters of BG/NBD', () => {
  test.each(['r', 'alpha', 'a', 'b'] as const)('have the mean and the standard error of the fit: %s', name => {
    const middle = mean(logs(name))
    const spread = Math.sqrt(mean(logs(name).map(each => (each - middle) ** 2)))
    const error = (standardErrors?.[name] ?? NaN) / parameters[name]
    // 4,000 draws tell a mean to a 63rd of its spread and the spread to one part in 90: four times either
    expect(Math.abs(middle - log(parameters[name]))).toBeLessThan(0.065 * error)
    expect(Math.abs(spread / error - 1)).toBeLessThan(0.045)
  })

  test('move together: where customers leave at a known share, a and b rise as one', () => {
    const [a, b] = [logs('a'), logs('b')].map(values => values.map(each => each - mean(values))) as [number[], number[]]
    const product = mean(a.map((each, i) => each * (b[i] as number)))
    expect(product / Math.sqrt(mean(a.map(each => each * each)) * mean(b.map(each => each * each)))).toBeGreaterThan(0.8)
  })

  test('are the same for the same seed, and the first ones do not depend on how many there are', () => {
    expect(bgNbdDraws(parameters, customers, { seed: root, draws: 3 })).toEqual(draws.slice(0, 3))
    expect(bgNbdDraws(parameters, customers, { seed: Seed.of(32), draws: 1 })).not.toEqual(draws.slice(0, 1))
  })

  test('are none where the data do not tell: of six customers', () => {
    const few = tableOf({
      frequency: Float64Array.of(1, 0, 0, 0, 1, 0),
      recency: Float64Array.of(10, 0, 0, 0, 100, 0),
      T: Float64Array.of(200, 200, 200, 200, 200, 200),
    })
    expect(bgNbdDraws({ r: 0.3, alpha: 5, a: 0.3, b: 3 }, few, { seed: root, draws: 10 })).toEqual([])
  })
})
