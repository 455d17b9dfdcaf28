import { expect, test } from 'vitest'
import type { Outgoing } from '../../../lib/kernel/wire/letters.ts'
import { Rounds } from '../../../lib/kernel/wire/rounds.ts'

test('what arrives before a failure is told is of its round, what arrives behind it of the next', async () => {
  const told: [string, number][] = []
  const arrivals: (() => void)[] = []
  const rounds = new Rounds(
    ({ type }) => told.push([type, rounds.current]),
    async () => new Promise(resolve => arrivals.push(resolve)),
  )
  const letter = (type: 'failed' | 'heard' | 'close'): Outgoing => ({ type })
  const settle = async (): Promise<unknown> => new Promise(resolve => setImmediate(resolve))

  rounds.send(letter('heard'))
  expect(told).toEqual([['heard', 0]])
  for (const type of ['failed', 'heard', 'failed', 'close'] as const) rounds.send(letter(type))
  await settle()
  expect(told, 'nobody knows, and a request that arrives now is of the first round').toHaveLength(1)
  expect(rounds.current).toBe(0)
  arrivals.shift()?.()
  await settle()
  expect(told.slice(1), 'the second failure waits in its turn').toEqual([['heard', 1]])
  arrivals.shift()?.()
  await settle()
  expect(told.slice(2)).toEqual([['close', 2]])
})

test('what is on its way is in when a failure is told, though the thread was busy', async () => {
  let arrived = false
  const seen = new Promise<boolean>(resolve => {
    const rounds = new Rounds(() => resolve(arrived))
    rounds.send({ type: 'failed' })
    rounds.send({ type: 'heard' })
  })
  setImmediate(() => {
    arrived = true
  })
  const end = performance.now() + 20
  while (performance.now() < end);
  expect(await seen).toBe(true)
})
