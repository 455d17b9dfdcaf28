import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildTask } from '../lib/compare/index.ts'
import { openDataset, USUAL_WINDOWS } from '../lib/data/index.ts'
import { EMBEDDED, simulateToParquet } from '../lib/data/simulator/index.ts'
import { fitInWorkers, modelNamed, type Fitters, type Model, type Task } from '../lib/models/index.ts'
import { Seed } from '../lib/numeric/index.ts'
import { median, turns, type BenchRow } from './support/measure.ts'

const [CUSTOMERS, RUNS] = [4000, 5]
/** As many fits as the most workers have two of each. */
const WORKERS = [1, 2, 4, 8].filter(count => count <= Math.max(4, os.availableParallelism()))
const FITS = 2 * Math.max(...WORKERS)

/**
 * The article's network fitted with several seeds to a simulated log, in 1, 2, 4 … worker threads (up to the cores, at least to 4), in turn in one run: seconds for all
 * fits, against those of one worker. That every number of workers gives the same bytes is checked at each turn.
 */
export async function workerBenches(): Promise<BenchRow[]> {
  const task = await simulatedTask()
  const model = modelNamed('dnn') as Model
  const teams = WORKERS.map(count => fitInWorkers(count))
  const times = teams.map((): number[] => [])
  const report = turns('workers', RUNS + 1)
  let expected: string | undefined
  try {
    for (let run = -1; run < RUNS; run++) {
      for (const [i, team] of teams.entries()) {
        const began = performance.now()
        const digest = await fits(team, model, task)
        // the first turn warms up: threads start, and compile
        if (run >= 0) times[i]?.push((performance.now() - began) / 1000)
        expected ??= digest
        if (digest !== expected) throw new Error(`${team.size} workers fit other models than 1`)
      }
      report()
    }
  } finally {
    await Promise.all(teams.map(async team => await team.close()))
  }
  const [alone] = times.map(median) as [number]
  return WORKERS.slice(1).map((count, i) => {
    const ours = median(times[i + 1] as number[])
    const name = `${FITS} fits of the article's network in ${count} workers (the same bytes), against 1 worker`
    return { name, ours, peer: alone, ratio: alone / ours, unit: 's', runs: RUNS }
  })
}

/** Of all that the fitted models save, in the order of their seeds. */
async function fits(team: Fitters, model: Model, task: Task): Promise<string> {
  const seeds = Array.from({ length: FITS }, (_, i) => Seed.of(i))
  const fitted = await Promise.all(seeds.map(async seed => await team.fit(model, task, { seed })))
  const hash = createHash('sha256')
  for (const each of fitted) hash.update(JSON.stringify(each.save(), bits))
  return hash.digest('hex')
}

/** Arrays of numbers as their bytes. */
const bits = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') : value

async function simulatedTask(): Promise<Task> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-bench-'))
  try {
    await simulateToParquet({ folder, ...EMBEDDED, customers: CUSTOMERS })
    const log = await openDataset(folder)
    try {
      const { observeFrom, cutoff, horizon } = USUAL_WINDOWS['simulated'] as (typeof USUAL_WINDOWS)[string]
      return await buildTask(log, { ...(observeFrom === undefined ? {} : { observeFrom }), cutoff, horizon })
    } finally {
      log.close()
    }
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}
