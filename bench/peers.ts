import { wasm } from '../lib/engine/index.ts'
import { adam, binaryCrossEntropy, dense, dropout, network, train } from '../lib/nn/index.ts'
import { normal, Seed } from '../lib/numeric/index.ts'
import { turns, type BenchRow } from './support/measure.ts'
import { PEERS, rowOf, SECONDS, withPeers, type Peer } from './support/python-peers.ts'

const ROWS = 32_000
const COLUMNS = 20
const RUNS = 6
const EPOCHS = 50
const JOBS = 5

/**
 * A training step of 20 - 128 ReLU - dropout 0.5 - 64 ReLU - dropout 0.5 - 1 (binary cross-entropy, Adam), ours as it comes (one thread at batch 32, all
 * cores from 256 on) against the Python peers, each a warm process asked in turn; the first turn is left out. Medians in milliseconds. Needs Python: see
 * support/python-peers.ts.
 */
export async function peerBenches(): Promise<BenchRow[]> {
  return await withPeers(Object.keys(PEERS) as Peer[], async peers => {
    const rows: BenchRow[] = []
    const batches = [32, 256, 1024, 8192]
    const report = turns('training step', batches.length * (RUNS + 1))
    for (const batch of batches) {
      const ours = await ourStep(batch)
      const own: number[] = []
      const theirs = peers.map((): number[] => [])
      for (let run = -1; run < RUNS; run++) {
        const time = await ours.measure()
        if (run >= 0) own.push(time)
        for (const [i, peer] of peers.entries()) {
          const { ms } = await peer.ask<{ ms: number }>({ batch, seconds: SECONDS })
          if (run >= 0) theirs[i]?.push(ms)
        }
        report()
      }
      ours.dispose()
      peers.forEach(({ title }, i) =>
        rows.push(rowOf(`training step, batch ${batch}, against ${title}`, own, theirs[i] as number[], 'ms')),
      )
    }
    return rows
  })
}

/** The article's whole example, 32,000 rows and 50 epochs of batches of 32, from building the model. Seconds; minutes in all. */
export async function jobBenches(): Promise<BenchRow[]> {
  return await withPeers(['keras', 'keras-64', 'jax-pinned'], async peers => {
    const own: number[] = []
    const theirs = peers.map((): number[] => [])
    const report = turns('whole example', JOBS)
    for (let run = 0; run < JOBS; run++) {
      own.push(await ourJob())
      for (const [i, peer] of peers.entries()) theirs[i]?.push((await peer.ask<{ seconds: number }>({ job: EPOCHS })).seconds)
      report()
    }
    return peers.map(({ title }, i) => rowOf(`whole example, 50 epochs, against ${title}`, own, theirs[i] as number[], 's'))
  })
}

const NETWORK = network({
  columns: COLUMNS,
  layers: [dense(128, { activation: 'relu' }), dropout(0.5), dense(64, { activation: 'relu' }), dropout(0.5), dense(1)],
  loss: binaryCrossEntropy,
})

function data(): { readonly x: Float32Array; readonly y: Float32Array } {
  const random = Seed.of(1).random()
  const x = Float32Array.from({ length: ROWS * COLUMNS }, () => normal(random))
  const y = Float32Array.from({ length: ROWS }, (_, i) =>
    Number((x[i * COLUMNS] as number) + 0.5 * (x[i * COLUMNS + 1] as number) + normal(random) > 0),
  )
  return { x, y }
}

async function ourStep(batch: number): Promise<{ readonly measure: () => Promise<number>; readonly dispose: () => void }> {
  const runner = await wasm.prepare(NETWORK.training(batch, adam()))
  runner.load(NETWORK.start(Seed.of(2)))
  runner.bind({ rows: ROWS, inputs: data() })
  let epoch = 0
  const measure = async (): Promise<number> => {
    const began = performance.now()
    let steps = 0
    do steps += (await runner.epoch({ seed: Seed.of(3), epoch: epoch++ })).steps
    while (performance.now() - began < 1000 * SECONDS)
    return (performance.now() - began) / steps
  }
  return { measure, dispose: () => runner.dispose() }
}

async function ourJob(): Promise<number> {
  const began = performance.now()
  await train(NETWORK, { rows: ROWS, ...data() }, { epochs: EPOCHS, batch: 32, seed: Seed.of(4) })
  return (performance.now() - began) / 1000
}
