import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { campaignRows, customerRow, eventRow, truthRow } from '../../../lib/data/simulator/rows.ts'
import { simulateToParquet } from '../../../lib/data/simulator/index.ts'
import { simulate } from '../../../lib/data/simulator/truth/index.ts'
import { scratch } from '../files.ts'

const { folder } = scratch()

/**
 * These digests change only when what is simulated is meant to change. On whatever machine, Node, time zone and number of threads:
 * one that differs is a fault there.
 */
it('tells the same first thousand customers everywhere: events, customers, truth and campaigns', () => {
  const hash = createHash('sha256')
  for (const history of simulate({ customers: 1000 })) {
    for (const event of history.events) hash.update(eventRow(event, history.person.channel))
    hash.update(customerRow(history)).update(truthRow(history)).update(campaignRows(history))
  }
  expect(hash.digest('hex')).toBe('7910b0813056f27dbcbc9ae5bbcbb15f64d83f8e5914115d6e6198f42263b5e2')
})

it('writes the same files everywhere, with the DuckDB of the lock file: their digests are in the manifest', async () => {
  await simulateToParquet({ folder: path.join(folder, 'set'), customers: 1000 })
  expect(
    createHash('sha256')
      .update(fs.readFileSync(path.join(folder, 'set', 'manifest.json')))
      .digest('hex'),
  ).toBe('a179b7f07869e4250c3b2d035d8f539b3aad354f7dc272c893d07288765d5a8b')
})
