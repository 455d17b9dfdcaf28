import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { median, type BenchRow } from './measure.ts'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..')
const SCRIPT = path.join(ROOT, 'bench/peers/train.py')

/** Every peer that bench/peers/train.py knows, with its setting. */
export const PEERS = {
  keras: 'Keras `fit` as it comes',
  'keras-64': 'Keras, 64 steps per execution',
  'torch-1': 'PyTorch, fused Adam, 1 thread',
  'torch-2': 'PyTorch, fused Adam, 2 threads',
  jax: 'JAX, an epoch in one scan, default threads',
  'jax-pinned': 'JAX, an epoch in one scan, pinned to one core',
  'sklearn-1': 'scikit-learn (no dropout), 1 thread',
  'sklearn-2': 'scikit-learn (no dropout), 2 threads',
} as const
export type Peer = keyof typeof PEERS

/** Seconds that a peer, and ours, trains for at each turn. */
export const SECONDS = 0.4

/** A warm process that trains when it is asked. */
export interface PeerProcess {
  readonly title: string
  readonly ask: <T>(question: unknown) => Promise<T>
  readonly stop: () => void
}

/** Runs with every peer whose package is there; one that is not is named and left out. */
export async function withPeers(
  names: readonly Peer[],
  run: (peers: readonly PeerProcess[]) => Promise<BenchRow[]>,
  network: 'mlp' | 'gru' = 'mlp',
): Promise<BenchRow[]> {
  const command = python()
  if (command === undefined) {
    console.error(
      `  skipped: no Python for the peers; make it with \`python3 -m venv .cache/peers\` and \`.cache/peers/bin/pip install -r bench/peers/requirements.txt\`, or name another in CLVLAB_PEERS`,
    )
    return []
  }
  const peers: PeerProcess[] = []
  try {
    for (const name of names) {
      const peer = await start(command, name, network)
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

async function start(command: string, name: Peer, network: string): Promise<PeerProcess | undefined> {
  const child: ChildProcessWithoutNullStreams = spawn(command, [SCRIPT, name, network], { stdio: 'pipe' })
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

/** One line of the table. */
export function rowOf(name: string, own: readonly number[], theirs: readonly number[], unit: BenchRow['unit']): BenchRow {
  const [a, b] = [median(own), median(theirs)]
  return { name, ours: a, peer: b, ratio: b / a, unit, runs: own.length }
}
