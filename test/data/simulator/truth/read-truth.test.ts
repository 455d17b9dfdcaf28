import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { EMBEDDED, simulateToParquet } from '../../../../lib/data/simulator/index.ts'
import { readTruth, simulate } from '../../../../lib/data/simulator/truth/index.ts'
import { scratch } from '../../files.ts'

const { folder: root } = scratch()
const folder = path.join(root, 'set')

describe.each(['pareto-nbd', 'bg-nbd'] as const)('the truth of %s', process => {
  beforeAll(async () => {
    await simulateToParquet({ folder, process, customers: 200 })
  })

  it('is read to the last bit as it was simulated', async () => {
    const truth = await readTruth(folder)
    const histories = simulate({ process, customers: 200 })
    expect(truth.customers).toEqual(
      histories.map(({ id, person, birth, dropout, horizons }) => ({
        customerId: id,
        birth: new Date(birth * 1000),
        dropout: dropout === null ? null : new Date(dropout * 1000),
        lambda: person.lambda,
        mu: person.mu,
        p: person.p,
        spendMean: person.spendMean,
        uplift: person.uplift,
        expected: new Map(
          horizons
            .filter(({ expected }) => !Number.isNaN(expected))
            .map(({ horizon, ifAlive, expected }) => [
              horizon,
              {
                purchases: expected,
                value: expected * person.spendMean,
                purchasesIfAlive: ifAlive,
                valueIfAlive: ifAlive * person.spendMean,
              },
            ]),
        ),
      })),
    )
    expect(truth.campaigns).toEqual(
      histories.flatMap(({ id, campaigns }) => campaigns.map(campaign => ({ customerId: id, ...campaign }))),
    )
    expect([...(truth.customers.find(({ expected }) => expected.size > 0)?.expected.keys() ?? [])]).toEqual(EMBEDDED.horizons)
  })
})

describe('readTruth', () => {
  it('tells where there is none, and where it is damaged', async () => {
    await expect(readTruth(root)).rejects.toMatchObject({
      name: 'DataError',
      code: 'no-truth',
      where: path.join(root, 'truth', 'customers.parquet'),
    })
    fs.writeFileSync(path.join(folder, 'truth', 'campaigns.parquet'), 'PAR1')
    await expect(readTruth(folder)).rejects.toMatchObject({ name: 'DataError', code: 'damaged-truth' })
  })
})
