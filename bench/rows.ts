import { instantiate, instantiateShared } from '../lib/engine/devices/wasm/module.ts'
import { WasmRunner } from '../lib/engine/devices/wasm/runner.ts'
import { threadsFor } from '../lib/engine/devices/wasm/threads.ts'
import type { Runner } from '../lib/engine/index.ts'
import { adam, binaryCrossEntropy, dense, dropout, network } from '../lib/nn/index.ts'
import { Seed } from '../lib/numeric/index.ts'
import { median, type BenchRow } from './support/measure.ts'

const COLUMNS = 32
const BATCH = 1024
const SIZES = [10_000, 100_000, 1_000_000, 10_000_000]
/** Rows that one timed turn passes over at least, and turns of each size; the largest takes whole epochs of its own. */
const ROWS = 1_000_000
const RUNS = 5
/** Rows of the set that is also streamed, as one too large for the kernels' memory is. */
const STREAMED = 1_000_000

const NETWORK = network({
  columns: COLUMNS,
  layers: [dense(128, { activation: 'relu' }), dropout(0.5), dense(64, { activation: 'relu' }), dropout(0.5), dense(1)],
  loss: binaryCrossEntropy,
})

/**
 * A training of 32 - 128 - 64 - 1 at batch 1024 on data of 10,000 to 10,000,000 rows (1.3 GB): milliseconds a million rows, against those of 100,000 rows, in turn in one run. A ratio near 1 says that the time of a row does not depend
 * on how many there are. Says on stderr what memory was planned and what was taken.
 */
export async function rowBenches(): Promise<BenchRow[]> {
  const trainings = []
  for (const rows of SIZES) trainings.push(await training(rows))
  trainings.push(await training(STREAMED, true))
  const times = trainings.map((): number[] => [])
  for (let run = -1; run < RUNS; run++) {
    for (const [i, { measure }] of trainings.entries()) {
      const time = await measure()
      // the first turn warms up
      if (run >= 0) times[i]?.push(time)
    }
  }
  trainings.forEach(({ dispose }) => dispose())
  const base = SIZES.indexOf(100_000)
  const usual = median(times[base] as number[])
  const resident = median(times[SIZES.indexOf(STREAMED)] as number[])
  const streamed = median(times.at(-1) as number[])
  const inChunks = `a million rows of ${STREAMED.toLocaleString('en')} that stream in chunks, against the same resident`
  const sizes = SIZES.flatMap((rows, i) => {
    const own = median(times[i] as number[])
    const name = `a million rows of ${rows.toLocaleString('en')}, against those of 100,000`
    return i === base ? [] : [{ name, ours: own, peer: usual, ratio: usual / own, unit: 'ms' as const, runs: RUNS }]
  })
  return [...sizes, { name: inChunks, ours: streamed, peer: resident, ratio: resident / streamed, unit: 'ms', runs: RUNS }]
}

/** @param streamed whether the rows go through the kernels' memory chunk by chunk, as more than 2 GiB of them do */
async function training(
  rows: number,
  streamed = false,
): Promise<{ readonly measure: () => Promise<number>; readonly dispose: () => void }> {
  const before = process.memoryUsage().rss
  const runner = await prepared(streamed)
  runner.load(NETWORK.start(Seed.of(2)))
  const inputs = data(rows)
  runner.bind({ rows, inputs })
  const measureOnce = async (epoch: number): Promise<void> => void (await runner.epoch({ seed: Seed.of(3), epoch }))
  const epochs = Math.max(1, Math.ceil(ROWS / rows))
  let epoch = 0
  const held = (inputs.x.byteLength + inputs.y.byteLength) / MIB
  const [planned, taken] = [runner.memory(rows).total / MIB, (process.memoryUsage().rss - before) / MIB - held]
  console.error(
    `  ${rows.toLocaleString('en')} rows${streamed ? ' in chunks' : ''}: ${planned.toFixed(0)} MiB planned, ${taken.toFixed(0)} MiB taken beside the ${held.toFixed(0)} MiB of data`,
  )
  return {
    measure: async () => {
      const began = performance.now()
      for (let i = 0; i < epochs; i++) await measureOnce(epoch++)
      return ((performance.now() - began) / (epochs * rows)) * 1e6
    },
    dispose: () => runner.dispose(),
  }
}

async function prepared(streamed: boolean): Promise<Runner> {
  const program = NETWORK.training(BATCH, adam())
  const threads = threadsFor(program)
  const shared = threads > 1 ? await instantiateShared() : undefined
  const limits = streamed ? { data: { whole: 0, chunk: 1 << 24 } } : {}
  return shared === undefined
    ? new WasmRunner(program, await instantiate(), limits)
    : new WasmRunner(program, shared, { threads, ...limits })
}

const MIB = 1048576

/** Numbers from a small generator: quick to make, for they only have to be there. */
function data(rows: number): { readonly x: Float32Array; readonly y: Float32Array } {
  const [x, y] = [new Float32Array(rows * COLUMNS), new Float32Array(rows)]
  let state = 1
  for (let i = 0; i < x.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    x[i] = state / 2147483648
  }
  // labels that cannot all be told
  for (let i = 0; i < rows; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    y[i] = (x[i * COLUMNS] as number) + state / 1073741824 > 0 ? 1 : 0
  }
  return { x, y }
}
