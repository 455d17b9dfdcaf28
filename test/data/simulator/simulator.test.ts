import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { EMBEDDED, readTruth, simulate, simulateToParquet } from '../../../lib/data/simulator/index.ts'
import { UsageError } from '../../../lib/errors/index.ts'
import { openDataset } from '../../../lib/data/index.ts'

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'simulator-'))
afterAll(() => { fs.rmSync(root, { recursive: true, force: true }) })
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

describe('simulate', () => {
  const histories = simulate({ customers: 8000 })

  it('makes each customer from the seed and the position alone', () => {
    expect(simulate({ customers: 3 })[2]).toEqual(histories[2])
    expect(simulate({ customers: 3, seed: 2 })[2]).not.toEqual(histories[2])
  })

  it('has purchases and sessions between birth and dropout only, and nothing outside the log', () => {
    for (const { birth, dropout, events } of histories) {
      for (const event of events) {
        expect(event.seconds).toBeGreaterThanOrEqual(birth)
        expect(event.seconds).toBeLessThan(Date.parse(EMBEDDED.to) / 1000)
        const late = dropout !== null && (event.kind === 'purchase' || event.kind === 'browse') && event.seconds > dropout
        expect(late).toBe(false)
      }
    }
  })

  for (const process of ['pareto-nbd', 'bg-nbd'] as const) {
    it(`buys after the cutoff as often as the closed form of ${process} says, within three standard errors`, () => {
      const begin = Date.parse(EMBEDDED.cutoff) / 1000
      const pairs = simulate({ customers: 8000, process }).flatMap(history => {
        const expected = history.horizons[1]?.expected as number
        const bought = new Set(history.events.filter(e => e.kind === 'purchase' && e.seconds >= begin && e.seconds < begin + 180 * 86_400).map(e => e.orderId))
        return Number.isNaN(expected) ? [] : [bought.size - expected]
      })
      const mean = sum(pairs) / pairs.length
      expect(pairs.length).toBeGreaterThan(2000)
      expect(Math.abs(mean)).toBeLessThan(3 * Math.sqrt(sum(pairs.map(x => (x - mean) * (x - mean)))) / pairs.length)
    })
  }

  it('adds a campaign order where a contact sways, and leaves the other outcome as it was', () => {
    const all = histories.flatMap(history => history.campaigns)
    expect(all.every(c => c.purchases1 >= c.purchases0 && c.value1 >= c.value0 && (c.alive || c.purchases1 === c.purchases0))).toBe(true)
    expect(all.some(c => c.purchases1 > c.purchases0 && !c.assigned)).toBe(true)
    const assigned = histories.flatMap(history => history.campaigns.filter(c => c.assigned)).length
    expect(histories.flatMap(history => history.events.filter(e => e.kind === 'contact')).length).toBe(assigned)
  })

  it.each([{ customers: 0 }, { customers: 1.5 }, { from: '2023-02-30' }, { to: '2022-01-01' }, { spend: { p: 1, q: 1, gamma: 1 } }, { r: NaN }, { nonsense: 1 }])(
    'refuses %j by name', options => { expect(() => simulate(options as never)).toThrow(UsageError) })
})

describe('simulateToParquet', () => {
  it('gives the same bytes for the same seed, others for another, and is read without its truth', async () => {
    const [one, two, other] = await Promise.all([['a', 1], ['b', 1], ['c', 2]].map(
      ([name, seed]) => simulateToParquet({ folder: path.join(root, String(name)), customers: 1000, seed: Number(seed) })))
    expect(two).toEqual(one)
    expect(other?.checksum).not.toBe(one?.checksum)
    const truth = await readTruth(path.join(root, 'a'))
    expect(truth.customers).toHaveLength(1000)
    const log = await openDataset(path.join(root, 'a'))
    expect(log).toBeDefined()
    expect(fs.readdirSync(root).sort()).toEqual(['a', 'b', 'c'])
  })

  it('refuses a folder that holds something else', async () => {
    fs.mkdirSync(path.join(root, 'd'))
    fs.writeFileSync(path.join(root, 'd', 'manifest.json'), '{}')
    await expect(simulateToParquet({ folder: path.join(root, 'd'), customers: 1 })).rejects.toThrow(UsageError)
    expect(fs.readFileSync(path.join(root, 'd', 'manifest.json'), 'utf8')).toBe('{}')
    await simulateToParquet({ folder: path.join(root, 'e'), customers: 2 })
    expect((await simulateToParquet({ folder: path.join(root, 'e'), customers: 3 })).customers).toBe(3)
  })
})
