import path from 'node:path'
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { wasm } from '../lib/engine/index.ts'
import { adam, binaryCrossEntropy, dense, gru, network, type Layer } from '../lib/nn/index.ts'
import { Seed } from '../lib/numeric/index.ts'
import { median, type BenchRow } from './support/measure.ts'
import { rowOf, SECONDS, withPeers } from './support/python-peers.ts'

const [WEEKS, COLUMNS, UNITS, BATCH, STEPS, RUNS] = [26, 8, 64, 256, 4, 5]

type Measure = () => Promise<number>

/**
 * A training step of a GRU over 26 weeks x 8 features, 64 units, dense 1 (binary cross-entropy, Adam), batch 256, on one thread: ours in one
 * kernel over time, against the same built step by step and against TensorFlow.js 4.22 (wasm), in turn in one run. Medians in milliseconds.
 */
export async function recurrentBenches(): Promise<BenchRow[]> {
  setWasmPaths(`${path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  if (!(await tf.setBackend('wasm')) || tf.getBackend() !== 'wasm') throw new Error('TensorFlow.js has no backend "wasm" here')
  const measures = [await ours(gru(UNITS)), await ours(gru(UNITS, { unrolled: true })), theirs()] as const
  const times = measures.map((): number[] => [])
  for (let run = -1; run < RUNS; run++) {
    for (const [i, measure] of measures.entries()) {
      const time = await measure()
      // the first turn warms up
      if (run >= 0) times[i]?.push(time)
    }
  }
  const [own, ...others] = times.map(median) as [number, number, number]
  return ['the same built step by step', 'TensorFlow.js wasm'].map((peer, i) => ({
    name: `GRU training step, batch ${BATCH}, against ${peer}`,
    ours: own,
    peer: others[i] as number,
    ratio: (others[i] as number) / own,
    unit: 'ms',
    runs: RUNS,
  }))
}

/** The same step, ours on two threads and on one, against the Python peers, each a warm process asked in turn. Needs Python. */
export async function recurrentPeerBenches(): Promise<BenchRow[]> {
  return await withPeers(
    ['keras', 'keras-64', 'torch-1', 'torch-2', 'jax', 'jax-pinned'],
    async peers => {
      const measures = [await ours(gru(UNITS), 2), await ours(gru(UNITS))] as const
      const own: readonly [number[], number[]] = [[], []]
      const theirs = peers.map((): number[] => [])
      for (let run = -1; run < RUNS; run++) {
        for (const i of [0, 1] as const) {
          const began = performance.now()
          const times: number[] = []
          do times.push(await measures[i]())
          while (performance.now() - began < 1000 * SECONDS)
          if (run >= 0) own[i].push(median(times))
        }
        for (const [i, peer] of peers.entries()) {
          const { ms } = await peer.ask<{ ms: number }>({ batch: BATCH, seconds: SECONDS })
          if (run >= 0) theirs[i]?.push(ms)
        }
      }
      return [
        rowOf(`GRU training step, batch ${BATCH}, two threads against one`, own[0], own[1], 'ms'),
        ...peers.map(({ title }, i) =>
          rowOf(`GRU training step, batch ${BATCH}, two threads, against ${title}`, own[0], theirs[i] as number[], 'ms'),
        ),
      ]
    },
    'gru',
  )
}

async function ours(layer: Layer, threads = 1): Promise<Measure> {
  const net = network({ columns: COLUMNS, time: WEEKS, layers: [layer, dense(1)], loss: binaryCrossEntropy })
  const runner = await wasm.prepare(net.training(BATCH, adam()), { threads })
  runner.load(net.start(Seed.of(1)))
  runner.bind({ rows: STEPS * BATCH, inputs: data() })
  let epoch = 0
  return async () => {
    const start = performance.now()
    const { steps } = await runner.epoch({ seed: Seed.of(2), epoch: epoch++ })
    return (performance.now() - start) / steps
  }
}

function theirs(): Measure {
  const model = tf.sequential({
    layers: [
      tf.layers.gru({ units: UNITS, inputShape: [WEEKS, COLUMNS], recurrentActivation: 'sigmoid' }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  })
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'binaryCrossentropy' })
  const { x, y } = data()
  const [inputs, targets] = [tf.tensor3d(x, [STEPS * BATCH, WEEKS, COLUMNS]), tf.tensor2d(y, [STEPS * BATCH, 1])]
  return async () => {
    const start = performance.now()
    await model.fit(inputs, targets, { batchSize: BATCH, epochs: 1, shuffle: true })
    return (performance.now() - start) / STEPS
  }
}

function data(): { readonly x: Float32Array; readonly y: Float32Array } {
  const random = Seed.of(3).random()
  const x = Float32Array.from({ length: STEPS * BATCH * WEEKS * COLUMNS }, () => 2 * random.uniform() - 1)
  return { x, y: Float32Array.from({ length: STEPS * BATCH }, (_, i) => ((x[i * WEEKS * COLUMNS] as number) > 0 ? 1 : 0)) }
}
