import { firstRows } from '../lib/engine/choice/difference.ts'
import { tried } from '../lib/engine/choice/in-trial.ts'
import { DEVICE_NAMES, type Job, type Program } from '../lib/engine/index.ts'
import { GAN_DEFAULTS } from '../lib/models/generative/gan-settings.ts'
import { ganTraining } from '../lib/models/generative/gan-networks.ts'
import { VAE_DEFAULTS } from '../lib/models/generative/vae-settings.ts'
import { vaeTraining } from '../lib/models/generative/vae-networks.ts'
import { adam, binaryCrossEntropy, dense, dropout, gru, network, type Layer, type Weights } from '../lib/nn/index.ts'
import { Seed } from '../lib/numeric/index.ts'
import type { BenchRow } from './support/measure.ts'

/** A device that has not made its few steps by then is stopped, ms: reference and software drivers are not for large batches. */
const LIMIT = 20_000
/** A graphics card in software is here to be seen at all. */
const PATIENCE = 60_000
/** Devices that are given one batch, not four: they are slow at all sizes, or on a driver in software. */
const FEW: ReadonlySet<string> = new Set(['reference', 'tensorflow:cpu', 'tensorflow:wasm', 'webgpu'])
const seed = Seed.of(1)

interface Task {
  readonly title: string
  readonly job: Job
}

/**
 * A training step of seven networks on every device, each in a process of its own, one after the other: the fastest of some epochs. Ours is `wasm`, the
 * peer the device; a ratio below 1 means that the device is faster. What did not run has no number and says why: it is not there, or overran.
 */
export async function devicesBenches(): Promise<BenchRow[]> {
  const others = DEVICE_NAMES.filter(name => name !== 'wasm' && name !== 'tensorflow')
  const rows: BenchRow[] = []
  for (const { title, job } of tasks()) {
    const own = await tried('wasm', job, LIMIT)
    const ours = 'why' in own ? null : own.milliseconds
    for (const name of others) {
      const few = FEW.has(name) ? { ...job, rows: firstRows(job.rows, job.program.batch) } : job
      const answer = await tried(name, few, name === 'webgpu' ? PATIENCE : LIMIT)
      const peer = 'why' in answer ? null : answer.milliseconds
      const said = 'why' in answer ? `not run: ${answer.why}` : `run on ${answer.about ?? 'the processor'}`
      rows.push({
        name: `${title}, wasm against ${name} (${said})`,
        ours,
        peer,
        ratio: ours === null || peer === null ? null : peer / ours,
        unit: 'ms',
        runs: peer === null ? 0 : 1,
      })
    }
  }
  return rows
}

function tasks(): readonly Task[] {
  const article = [dense(128, { activation: 'relu' }), dropout(0.5), dense(64, { activation: 'relu' }), dropout(0.5), dense(1)]
  const wide = [dense(1024, { activation: 'relu' }), dense(1024, { activation: 'relu' }), dense(1)]
  const [gan, vae] = [ganTraining(33, GAN_DEFAULTS), vaeTraining(33, VAE_DEFAULTS)]
  return [
    ...[32, 1024, 8192].map(batch => ({ title: `20-128-64-1, batch ${batch}`, job: learning(article, 20, batch) })),
    { title: '256-1024-1024-1, batch 1024', job: learning(wide, 256, 1024) },
    { title: 'GRU of 64 over 26 x 8, batch 256', job: learning([gru(64), dense(1)], 8, 256, 26) },
    { title: `GAN, batch ${GAN_DEFAULTS.batch}`, job: making(gan.program, gan.start(seed), 33) },
    { title: `VAE, batch ${VAE_DEFAULTS.batch}`, job: making(vae.program, vae.start(seed), 33) },
  ]
}

function learning(layers: readonly Layer[], columns: number, batch: number, time?: number): Job {
  const net = network({ columns, ...(time === undefined ? {} : { time }), layers, loss: binaryCrossEntropy })
  const [rows, random] = [4 * batch, Seed.of(3).random()]
  const x = Float32Array.from({ length: rows * columns * (time ?? 1) }, () => 2 * random.uniform() - 1)
  const y = Float32Array.from({ length: rows }, () => (random.uniform() < 0.5 ? 1 : 0))
  return { program: net.training(batch, adam()), start: net.start(seed), rows: { rows, inputs: { x, y } }, seed }
}

function making(program: Program, start: Weights, columns: number): Job {
  const [rows, random] = [4 * program.batch, Seed.of(3).random()]
  const x = Float32Array.from({ length: rows * columns }, () => 2 * random.uniform() - 1)
  return { program, start, rows: { rows, inputs: { x } }, seed }
}
