import { describe, expect, it } from 'vitest'
import { EMBEDDED } from '../../../lib/data/simulator/options.ts'
import { simulate } from '../../../lib/data/simulator/truth/index.ts'
import { USUAL_WINDOWS } from '../../../lib/data/index.ts'

const histories = simulate()
const cutoff = Date.parse(EMBEDDED.cutoff) / 1000
const ordersOf = ({ events }: (typeof histories)[number]): ReadonlyMap<string, number> =>
  new Map(
    events.flatMap(({ kind, orderId, seconds }) =>
      kind === 'purchase' && orderId !== undefined ? [[orderId, seconds] as const] : [],
    ),
  )

describe('a simulated history', () => {
  it('depends on the seed and the position alone', () => {
    expect(simulate({ customers: 3 })[2]).toEqual(histories[2])
    expect(simulate({ customers: 3, seed: 2 })[2]).not.toEqual(histories[2])
  })

  it('has purchases and sessions between birth and dropout only, and nothing outside the log', () => {
    const end = Date.parse(EMBEDDED.to) / 1000
    for (const { birth, dropout, events } of histories)
      for (const { kind, seconds } of events) {
        expect(seconds >= birth && seconds < end).toBe(true)
        expect(dropout !== null && (kind === 'purchase' || kind === 'browse') && seconds > dropout).toBe(false)
      }
  })

  it("is in order of time, and starts with the birth's order", () => {
    for (const { birth, events, id } of histories) {
      for (const [i, { seconds }] of events.entries()) expect(seconds).toBeGreaterThanOrEqual(events[i - 1]?.seconds ?? birth)
      expect(events.find(({ kind }) => kind === 'purchase')).toMatchObject({ seconds: birth, orderId: `${id}-1` })
    }
  })

  it('sends back whole lines of its own, for what was paid', () => {
    for (const { events } of histories.slice(0, 3000))
      for (const back of events) {
        if (back.kind !== 'return') continue
        const bought = events.filter(
          ({ kind, orderId, product, cents }) =>
            kind === 'purchase' && orderId === back.orderId && product === back.product && cents === -back.cents,
        )
        expect(bought.some(({ seconds }) => back.seconds - seconds >= 3 * 86_400 && back.seconds - seconds <= 25 * 86_400)).toBe(
          true,
        )
      }
  })
})

describe('the embedded data set', () => {
  it('is cut where the usual windows cut it', () => {
    const { observeFrom, cutoff: cut, horizon } = USUAL_WINDOWS['simulated'] ?? {}
    expect({ from: observeFrom, cutoff: cut }).toEqual({ from: EMBEDDED.from, cutoff: EMBEDDED.cutoff })
    expect(EMBEDDED.horizons).toContain(horizon)
  })

  it('gives models something to tell apart: who came once up to the cutoff, and who comes again within 180 days', () => {
    const before = histories.filter(({ birth }) => birth < cutoff).map(history => [...ordersOf(history).values()])
    const once = before.filter(times => times.filter(time => time < cutoff).length === 1).length / before.length
    const again =
      before.filter(times => times.some(time => time >= cutoff && time < cutoff + 180 * 86_400)).length / before.length
    expect(before.length).toBeGreaterThan(5000)
    expect(once).toBeGreaterThan(0.5)
    expect(once).toBeLessThan(0.65)
    expect(again).toBeGreaterThan(0.25)
    expect(again).toBeLessThan(0.35)
  })
})
