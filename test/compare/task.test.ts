import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { buildOutcome, buildTask } from '../../lib/compare/index.ts'
import { Database } from '../../lib/data/database.ts'
import { openLog } from '../../lib/data/index.ts'
import { FitError, UsageError } from '../../lib/errors/index.ts'
import { coreFeatures } from '../../lib/features/index.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-task-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const EVENTS = `c,t,a
ann,2024-01-01,10
ann,2024-01-25,5
bob,2024-01-15,7
cy,2024-01-24,1
ann,2024-02-10,20
bob,2024-02-11,2
bob,2024-02-25,4
dee,2024-02-12,9
ann,2024-03-20,1`

async function log(text = EVENTS) {
  const file = path.join(folder, `${text.length}.csv`)
  fs.writeFileSync(file, text)
  return await openLog(file, { map: { customer: 'c', time: 't', amount: 'a' } })
}

const ASKED = { cutoff: '2024-02-10', horizon: 16 }

describe('a task', () => {
  test('closes every window that it opens: only the log is left', async () => {
    const opened: Database[] = []
    const open = vi.spyOn(Database, 'open')
    try {
      const events = await log()
      await buildOutcome(events, await buildTask(events, ASKED))
      for (const { value } of open.mock.results) opened.push(await (value as Promise<Database>))
      const answers = await Promise.allSettled(opened.map(async database => await database.table('select 1', 'observed')))
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'rejected'])
    } finally {
      open.mockRestore()
    }
  })

  test('by hand: 40 days of history, the last 16 of them to train on, 16 to predict', async () => {
    const task = await buildTask(await log(), ASKED)
    expect(task.windows.training).toEqual({
      observed: { observeFrom: '2024-01-01', cutoff: '2024-01-25' },
      outcome: { cutoff: '2024-01-25', horizon: 16 },
    })
    expect(task.customers.column('customer_id')).toEqual(['ann', 'bob', 'cy'])
    expect(Array.from(task.customers.column('spend'))).toEqual([15, 7, 1])
    expect(task.training.features.column('customer_id')).toEqual(['ann', 'bob', 'cy'])
    expect(Array.from(task.training.features.column('spend'))).toEqual([10, 7, 1])
    expect(Array.from(task.training.outcome.column('future_value'))).toEqual([5, 0, 0])
  })

  test('its outcome: what these customers did from the cutoff on, day for day; newcomers are no part of it', async () => {
    const opened = await log()
    const { window, rows } = await buildOutcome(opened, await buildTask(opened, ASKED))
    expect(window).toEqual(ASKED)
    expect(rows.column('customer_id')).toEqual(['ann', 'bob', 'cy'])
    expect(Array.from(rows.column('future_value'))).toEqual([20, 6, 0])
    expect(Array.from(rows.column('future_purchases'))).toEqual([1, 2, 0])
    expect(rows.column('buys_again')).toEqual([true, true, false])
  })

  test('what comes at the cutoff or after it changes nothing', async () => {
    const cut = EVENTS.split('\n')
      .filter(line => line.startsWith('c,') || (line.split(',')[1] ?? '') < ASKED.cutoff)
      .join('\n')
    const [whole, before] = await Promise.all([EVENTS, cut].map(async text => await buildTask(await log(text), ASKED)))
    expect([...(before?.customers.rows() ?? [])]).toEqual([...(whole?.customers.rows() ?? [])])
    expect([...(before?.training.outcome.rows() ?? [])]).toEqual([...(whole?.training.outcome.rows() ?? [])])
  })

  test('features of one’s own are made for both windows, each with its own horizon', async () => {
    const horizons: number[] = []
    const task = await buildTask(await log(), {
      ...ASKED,
      cutoff: '2024-02-01',
      horizon: 30,
      features: async (observed, { horizon }) => {
        horizons.push(horizon)
        return (await coreFeatures(observed, { horizon })).derive({ days: () => horizon })
      },
    })
    expect(horizons).toEqual([30, 15])
    expect(task.customers.column('days')[0]).toBe(30)
    expect(task.training.features.column('days')[0]).toBe(15)
  })

  test('nobody before the cutoff, no history, and an outcome that is not over are refused by name', async () => {
    const opened = await log()
    await expect(buildTask(opened, { observeFrom: '2023-01-01', cutoff: '2023-06-01', horizon: 5 })).rejects.toThrow(FitError)
    await expect(buildTask(opened, { cutoff: '2024-01-02', horizon: 5 })).rejects.toThrow(UsageError)
    await expect(buildTask(opened, { cutoff: '2024-02-30', horizon: 5 })).rejects.toThrow(UsageError)
    const task = await buildTask(opened, { cutoff: '2024-03-10', horizon: 60 })
    await expect(buildOutcome(opened, task)).rejects.toThrow(/the log ends on 2024-03-20/)
  })
})
