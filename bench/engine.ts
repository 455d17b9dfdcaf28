import { createRequire } from 'node:module'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { wasm, type Runner } from '../lib/engine/index.ts'
import { adam, binaryCrossEntropy, dense, dropout, network } from '../lib/nn/index.ts'
import { Seed } from '../lib/numeric/index.ts'
import { median, type BenchRow } from './support/measure.ts'

const COLUMNS = 20
const RUNS = 5
/** Batch, and the steps of one timed segment of the peers; ours run sixteen times as many, for they are short. */
const SIZES = [
  [32, 32],
  [1024, 2],
] as const
const PEERS = ['wasm', 'cpu'] as const

interface Peer {
  readonly backend: string
  readonly model: tf.Sequential
  readonly x: tf.Tensor
  readonly y: tf.Tensor
}

/**
 * A training step of 20 - 128 ReLU - dropout 0.5 - 64 ReLU - dropout 0.5 - 1, binary cross-entropy, Adam, on one thread: ours against
 * TensorFlow.js 4.22 (`model.fit`) on its wasm and cpu backends, in turn in one run. Medians in milliseconds.
 */
export async function engineBenches(): Promise<BenchRow[]> {
  setWasmPaths(`${path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  const rows: BenchRow[] = []
  for (const [batch, steps] of SIZES) {
    const ours = await prepared(batch, 16 * steps)
    const peers: Peer[] = []
    for (const backend of PEERS) peers.push(await peer(backend, batch * steps))
    const times: { readonly ours: number[]; readonly peers: readonly number[][] } = { ours: [], peers: PEERS.map(() => []) }
    for (let run = -1; run < RUNS; run++) {
      const own = await ourStep(ours, run + 1)
      const theirs: number[] = []
      for (const each of peers) theirs.push(await theirStep(each, batch, steps))
      // the first turn warms up
      if (run < 0) continue
      times.ours.push(own)
      theirs.forEach((time, i) => times.peers[i]?.push(time))
    }
    ours.dispose()
    peers.forEach(({ model, x, y }) => [model, x, y].forEach(each => each.dispose()))
    for (const [i, backend] of PEERS.entries()) {
      const [a, b] = [median(times.ours), median(times.peers[i] as number[])]
      rows.push({
        name: `training step, batch ${batch}, against TensorFlow.js ${backend}`,
        ours: a,
        peer: b,
        ratio: b / a,
        unit: 'ms',
        runs: RUNS,
      })
    }
  }
  return rows
}

/** The same step by two threads against one, in turn in one run. Medians in milliseconds. */
export async function threadBenches(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const batch of [256, 1024, 8192]) {
    const steps = Math.ceil(65536 / batch)
    const runners = [await prepared(batch, steps, 2), await prepared(batch, steps, 1)] as const
    const times: readonly [number[], number[]] = [[], []]
    for (let run = -1; run < RUNS; run++) {
      for (const i of [0, 1] as const) {
        const time = await ourStep(runners[i], run + 1)
        if (run >= 0) times[i].push(time)
      }
    }
    runners.forEach(runner => runner.dispose())
    const [ours, peer] = [median(times[0]), median(times[1])]
    rows.push({
      name: `training step, batch ${batch}, two threads against one`,
      ours,
      peer,
      ratio: peer / ours,
      unit: 'ms',
      runs: RUNS,
    })
  }
  return rows
}

async function prepared(batch: number, steps: number, threads = 1): Promise<Runner> {
  const layers = [dense(128, { activation: 'relu' }), dropout(0.5), dense(64, { activation: 'relu' }), dropout(0.5), dense(1)]
  const net = network({ columns: COLUMNS, layers, loss: binaryCrossEntropy })
  const runner = await wasm.prepare(net.training(batch, adam()), { threads })
  runner.load(net.start(Seed.of(1)))
  const { x, y } = data(batch * steps)
  runner.bind({ rows: y.length, inputs: { x, y } })
  return runner
}

async function ourStep(runner: Runner, epoch: number): Promise<number> {
  const start = performance.now()
  const { steps } = await runner.epoch({ seed: Seed.of(2), epoch })
  return (performance.now() - start) / steps
}

async function peer(backend: string, rows: number): Promise<Peer> {
  await use(backend)
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 128, activation: 'relu', inputShape: [COLUMNS] }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 64, activation: 'relu' }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  })
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'binaryCrossentropy' })
  const { x, y } = data(rows)
  return { backend, model, x: tf.tensor2d(x, [rows, COLUMNS]), y: tf.tensor2d(y, [rows, 1]) }
}

async function theirStep({ backend, model, x, y }: Peer, batch: number, steps: number): Promise<number> {
  await use(backend)
  const start = performance.now()
  await model.fit(x, y, { batchSize: batch, epochs: 1, shuffle: true })
  return (performance.now() - start) / steps
}

/** A backend that is not there would be replaced silently. */
async function use(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend)
    throw new Error(`TensorFlow.js has no backend "${backend}" here`)
}

function data(rows: number): { readonly x: Float32Array; readonly y: Float32Array } {
  const random = Seed.of(3).random()
  const x = Float32Array.from({ length: rows * COLUMNS }, () => 2 * random.uniform() - 1)
  return { x, y: Float32Array.from({ length: rows }, (_, i) => ((x[i * COLUMNS] as number) > 0 ? 1 : 0)) }
}
