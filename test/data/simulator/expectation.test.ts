import { describe, expect, it } from 'vitest'
import type { History } from '../../../lib/data/simulator/history.ts'
import { EMBEDDED, type SimulatorOptions } from '../../../lib/data/simulator/options.ts'
import { simulate } from '../../../lib/data/simulator/truth/index.ts'

const DAY = 86_400
const at = (history: History, i: number) => history.horizons[i] as History['horizons'][number]

function ordersAfter({ events }: History, cutoff: string, horizon: number): number {
  const begin = Date.parse(cutoff) / 1000
  return new Set(
    events.flatMap(({ kind, seconds, orderId }) =>
      kind === 'purchase' && seconds >= begin && seconds < begin + horizon * DAY ? [orderId] : [],
    ),
  ).size
}

interface Checked {
  readonly mean: number
  readonly error: number
  readonly customers: number
}

/** Mean of what is told by `differ` (NaN leaves a customer out), and its standard error. */
function check(
  histories: readonly History[],
  differ: (history: History, orders: number, value: number) => number,
  cutoff: string,
  horizon: number,
): Checked {
  const begin = Date.parse(cutoff) / 1000
  const differences = histories
    .map(history => {
      const within = history.events.filter(
        ({ kind, seconds }) => kind === 'purchase' && seconds >= begin && seconds < begin + horizon * DAY,
      )
      return differ(
        history,
        new Set(within.map(({ orderId }) => orderId)).size,
        within.reduce((sum, { cents }) => sum + cents, 0) / 100,
      )
    })
    .filter(difference => !Number.isNaN(difference))
  const n = differences.length
  const mean = differences.reduce((a, b) => a + b, 0) / n
  return { mean, error: Math.sqrt(differences.reduce((sum, x) => sum + (x - mean) * (x - mean), 0)) / n, customers: n }
}

describe.each(['pareto-nbd', 'bg-nbd'] as const)('the closed forms of %s, within three standard errors', process => {
  // Campaigns to all, one of them with the cutoff in its window, one with the horizon's end in it, and one beyond.
  const campaigns = { days: ['2023-12-22', '2024-02-01', '2024-03-25', '2024-07-01'], share: 1, window: 28 }
  const options: Partial<SimulatorOptions> = { customers: 12_000, process, campaigns, horizons: [90, 180] }
  const histories = simulate(options)

  it.each([
    [0, 90],
    [1, 180],
  ])('orders, over horizon %i', (i, horizon) => {
    const { mean, error, customers } = check(
      histories,
      (history, orders) => orders - at(history, i).expected,
      EMBEDDED.cutoff,
      horizon,
    )
    expect(customers).toBeGreaterThan(4000)
    expect(Math.abs(mean)).toBeLessThan(3 * error)
  })

  it('value', () => {
    const { mean, error } = check(
      histories,
      (history, _, value) => value - at(history, 1).expected * history.person.spendMean,
      EMBEDDED.cutoff,
      180,
    )
    expect(Math.abs(mean)).toBeLessThan(3 * error)
  })

  it('orders of those who are alive at the cutoff', () => {
    const alive = histories.filter(({ dropout }) => dropout === null || dropout >= Date.parse(EMBEDDED.cutoff) / 1000)
    const { mean, error } = check(alive, (history, orders) => orders - at(history, 0).ifAlive, EMBEDDED.cutoff, 90)
    expect(Math.abs(mean)).toBeLessThan(3 * error)
  })

  it.each([
    ['helped', 1],
    ['put off', -1],
  ])('orders of those whom a contact may have %s, and a contact does change them', (_, sign) => {
    const some = histories.filter(({ person: { uplift } }) => uplift * sign > 0.03)
    const { mean, error } = check(some, (history, orders) => orders - at(history, 0).expected, EMBEDDED.cutoff, 90)
    expect(Math.abs(mean)).toBeLessThan(3 * error)
    const without = simulate({ ...options, campaigns: { ...campaigns, share: 0 } })
    for (const [i, history] of histories.entries()) {
      if (!some.includes(history) || Number.isNaN(at(history, 0).expected) || at(history, 0).expected < 1e-6) continue
      expect(Math.sign(at(history, 0).expected - at(without[i] as History, 0).expected)).toBe(sign)
    }
  })
})

describe.each(['pareto-nbd', 'bg-nbd'] as const)(
  'what a campaign with the cutoff in its window changes after it, in %s',
  process => {
    const cutoff = '2024-12-01'
    const options: Partial<SimulatorOptions> = {
      customers: 20_000,
      process,
      cutoff,
      horizons: [20],
      growth: 100,
      r: 2,
      alpha: 6,
      s: 1,
      beta: 20,
      a: 1,
      b: 1.6,
    }
    const campaigns = { days: ['2024-11-15'], share: 1, window: 44 }
    const [all, none] = [simulate({ ...options, campaigns }), simulate({ ...options, campaigns: { ...campaigns, share: 0 } })]

    it.each([
      ['helped', 1],
      ['put off', -1],
    ])('for those %s, against the same customers without it', (_, sign) => {
      const some = all.flatMap((history, i) =>
        history.person.uplift * sign > 0 && !Number.isNaN(at(history, 0).expected)
          ? [[history, none[i] as History] as const]
          : [],
      )
      const changes = some.map(([contacted, left]) => ordersAfter(contacted, cutoff, 20) - ordersAfter(left, cutoff, 20))
      const expected = some.reduce((sum, [contacted, left]) => sum + at(contacted, 0).expected - at(left, 0).expected, 0)
      const total = changes.reduce((a, b) => a + b, 0)
      expect(Math.sign(expected)).toBe(sign)
      expect(Math.abs(total)).toBeGreaterThan(10)
      expect(Math.abs(total - expected)).toBeLessThan(3 * Math.sqrt(changes.reduce((sum, change) => sum + change * change, 0)))
    })
  },
)

it('expects nothing for who is born after the cutoff', () => {
  const late = simulate({ customers: 200 }).filter(({ birth }) => birth >= Date.parse(EMBEDDED.cutoff) / 1000)
  expect(late.length).toBeGreaterThan(50)
  for (const { horizons } of late) for (const { expected } of horizons) expect(expected).toBeNaN()
})
