import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween, parseDay, USUAL_WINDOWS, windows } from '../../lib/data/index.ts'
import { UsageError } from '../../lib/errors/index.ts'

test.each([
  ['online-retail', '2011-03-06', 95],
  ['cdnow', '1997-05-18', 136],
])('%s: training window as of the protocol (shared/peers.md): features before %s, the next %i days', (name, cutoff, horizon) => {
  const usual = USUAL_WINDOWS[name]
  expect(usual).toBeDefined()
  const { observed, outcome, training } = windows(usual as NonNullable<typeof usual>)
  expect(training).toEqual({ observed: { observeFrom: usual?.observeFrom, cutoff }, outcome: { cutoff, horizon } })
  expect({ ...observed, ...outcome }).toEqual(usual)
})

test('the training window ends at the cutoff and is the shorter of horizon and half the history', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 2000 }), fc.integer({ min: 1, max: 1000 }), (history, horizon) => {
      const cutoff = addDays('2000-02-27', history)
      const { training } = windows({ observeFrom: '2000-02-27', cutoff, horizon })
      const { horizon: length } = training.outcome
      expect(addDays(training.outcome.cutoff, length)).toBe(cutoff)
      expect(length).toBe(Math.min(horizon, Math.floor(history / 2)))
      expect(daysBetween('2000-02-27', training.observed.cutoff)).toBeGreaterThanOrEqual(length)
    }),
  )
})

test('a history without room for a training window is refused', () => {
  expect(() => windows({ observeFrom: '2011-01-01', cutoff: '2011-01-02', horizon: 30 })).toThrow(UsageError)
})

test.each(['2011-02-30', '2011-2-3', '20110203', '2011-02-03T00:00', '', 'infinity'])('"%s" is no day', text => {
  expect(() => parseDay(text, '--cutoff')).toThrow(/--cutoff/)
})
