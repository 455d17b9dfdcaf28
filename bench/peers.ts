import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { wasm } from '../lib/engine/index.ts'
import { adam, binaryCrossEntropy, dense, dropout, network, train } from '../lib/nn/index.ts'
import { normal, Seed } from '../lib/numeric/index.ts'
import { median, turns, type BenchRow } from './support/measure.ts'

const ROWS = 32_000
const COLUMNS = 20
const RUNS = 6
const SECONDS = 0.4
const EPOCHS = 50
const JOBS = 5
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const SCRIPT = path.join(ROOT, 'bench/peers/train.py')

/** Every peer that bench/peers/train.py knows, with its setting. */
const PEERS = {
  keras: 'Keras `fit` as it comes',
  'keras-64': 'Keras, 64 steps per execution',
  'torch-1': 'PyTorch, fused Adam, 1 thread',
  'torch-2': 'PyTorch, fused Adam, 2 threads',
  jax: 'JAX, an epoch in one scan, default threads',
  'jax-pinned': 'JAX, an epoch in one scan, pinned to one core',
  'sklearn-1': 'scikit-learn (no dropout), 1 thread',
  'sklearn-2': 'scikit-learn (no dropout), 2 threads',
} as const
type Peer = keyof typeof PEERS

/**
 * A training step of 20 - 128 ReLU - dropout 0.5 - 64 ReLU - dropout 0.5 - 1 (binary cross-entropy, Adam), ours on one thread against the Python
 * peers, each a warm process asked in turn; the first turn is left out. Medians in milliseconds. Needs Python: see `python`.
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

interface Worker {
  readonly title: string
  readonly ask: <T>(question: unknown) => Promise<T>
  readonly stop: () => void
}

/** Runs with every peer whose package is there; one that is not is named and left out. */
async function withPeers(names: readonly Peer[], run: (peers: readonly Worker[]) => Promise<BenchRow[]>): Promise<BenchRow[]> {
  const command = python()
  if (command === undefined) {
    console.error(
      `  skipped: no Python for the peers; make it with \`python3 -m venv .cache/peers\` and \`.cache/peers/bin/pip install -r bench/peers/requirements.txt\`, or name another in CLVLAB_PEERS`,
    )
    return []
  }
  const peers: Worker[] = []
  try {
    for (const name of names) {
      const peer = await start(command, name)
      if (peer !== undefined) peers.push(peer)
    }
    return await run(peers)
  } finally {
    peers.forEach(peer => peer.stop())
  }
}

function python(): string | undefined {
  return [process.env['CLVLAB_PEERS'], path.join(ROOT, '.cache/peers/bin/python')].find(
    each => each !== undefined && fs.existsSync(each),
  )
}

async function start(command: string, name: Peer): Promise<Worker | undefined> {
  const child: ChildProcessWithoutNullStreams = spawn(command, [SCRIPT, name], { stdio: 'pipe' })
  let said = ''
  child.stderr.on('data', (text: Buffer) => void (said = `${said}${String(text)}`.slice(-2000)))
  const lines: Interface = createInterface({ input: child.stdout })
  const answers = lines[Symbol.asyncIterator]()
  const next = async <T>(): Promise<T | undefined> => {
    const { value, done } = await answers.next()
    return done === true ? undefined : (JSON.parse(value) as T)
  }
  const ready = await next<{ ready: string }>()
  if (ready === undefined) {
    console.error(`  skipped: ${PEERS[name]}: ${said.trim().split('\n').at(-1) ?? 'it did not start'}`)
    return undefined
  }
  const ask = async <T>(question: unknown): Promise<T> => {
    child.stdin.write(`${JSON.stringify(question)}\n`)
    const answer = await next<T>()
    if (answer === undefined) throw new Error(`${PEERS[name]} ended: ${said}`)
    return answer
  }
  return { title: `${PEERS[name]} (${ready.ready})`, ask, stop: () => void child.kill() }
}

function rowOf(name: string, own: readonly number[], theirs: readonly number[], unit: BenchRow['unit']): BenchRow {
  const [a, b] = [median(own), median(theirs)]
  return { name, ours: a, peer: b, ratio: b / a, unit, runs: own.length }
}
