import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { KERNEL_FLAGS, KernelClient, startKernelProcess } from '../lib/notebook/client/index.ts'
import type { KernelProcess } from '../lib/notebook/client/index.ts'
import { median, type BenchRow } from './support/measure.ts'

/** This file runs compiled, three folders down: what it starts is named from the checkout, not from beside itself. */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const OURS = [process.execPath, ...KERNEL_FLAGS, path.join(ROOT, 'dist/kernel/main.js'), '--connection-file', '{connection_file}']
const TSLAB = [process.execPath, path.join(ROOT, 'node_modules/tslab/bin/tslab'), 'kernel', '--config-path', '{connection_file}']
const STARTS = 10
const CELLS = 20

interface Contender {
  readonly name: string
  readonly command: readonly string[]
  readonly first: string
  readonly next: (i: number) => string
  /** The first import of the library. */
  readonly library?: string
}

const typescript = { first: '1 + 1', next: (i: number): string => `let n${i} = ${i === 0 ? 0 : `n${i - 1} + 1`}` }

/**
 * Our kernel, which checks types, against tslab's, which does too, and ipykernel, which does not: in turn in one run, start to the first
 * result of `1 + 1`, the time of a cell that uses a name of the one before, and our first import of the library, check included. Medians in
 * milliseconds; a ratio above 1 means that ours is faster. ipykernel takes part where CLVLAB_PEERS names a Python that has it.
 */
export async function kernelBenches(): Promise<BenchRow[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-bench-'))
  const python = process.env['CLVLAB_PEERS']
  const hasIpykernel = python !== undefined && spawnSync(python, ['-c', 'import ipykernel']).status === 0
  if (!hasIpykernel) console.error('  skipped: ipykernel; name a Python that has it in CLVLAB_PEERS')
  const contenders: Contender[] = [
    { name: 'ours', command: OURS, ...typescript, library: "import * as clv from 'clvlab'" },
    { name: 'tslab', command: TSLAB, ...typescript },
    ...(hasIpykernel
      ? [
          {
            name: 'ipykernel',
            command: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
            first: '1 + 1',
            next: (i: number): string => `n${i} = ${i === 0 ? 0 : `n${i - 1} + 1`}`,
          },
        ]
      : []),
  ]
  const found = contenders.map(() => ({ starts: [] as number[], cells: [] as number[], imports: [] as number[] }))
  try {
    for (let i = 0; i < STARTS; i++) {
      for (const [side, contender] of contenders.entries()) {
        const { start, each, imported } = await measure(folder, contender)
        found[side]?.starts.push(start)
        found[side]?.cells.push(median(each))
        if (imported !== undefined) found[side]?.imports.push(imported)
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
  const [ours, ...peers] = found as [Times, ...Times[]]
  return [
    ...peers.flatMap((peer, i) => [
      row(`kernel start to first result, against ${contenders[i + 1]?.name}`, [ours.starts, peer.starts], STARTS),
      row(`one cell, against ${contenders[i + 1]?.name}`, [ours.cells, peer.cells], STARTS * CELLS),
    ]),
    {
      name: 'first import of the library in a cell',
      ours: median(ours.imports),
      peer: null,
      ratio: null,
      unit: 'ms',
      runs: STARTS,
    },
  ]
}

interface Times {
  readonly starts: number[]
  readonly cells: number[]
  readonly imports: number[]
}

async function measure(
  cwd: string,
  { command, first, next, library }: Contender,
): Promise<{ start: number; each: number[]; imported: number | undefined }> {
  const began = performance.now()
  const kernel = await startKernelProcess({ cwd, command })
  const client = new KernelClient(kernel.connection)
  try {
    const died = new Promise<never>((_, reject) =>
      kernel.child.once('exit', code => reject(new Error(`the kernel ended with ${code}: ${kernel.log()}`))),
    )
    died.catch(() => undefined)
    await Promise.race([client.ready(), died])
    await cell(client, kernel, first)
    const start = performance.now() - began
    await cell(client, kernel, next(0))
    const each: number[] = []
    for (let i = 1; i <= CELLS; i++) {
      const at = performance.now()
      await cell(client, kernel, next(i))
      each.push(performance.now() - at)
    }
    const at = performance.now()
    if (library !== undefined) await cell(client, kernel, library)
    return { start, each, imported: library === undefined ? undefined : performance.now() - at }
  } finally {
    client.close()
    await kernel.dispose()
  }
}

async function cell(client: KernelClient, kernel: KernelProcess, code: string): Promise<void> {
  const { reply } = client.request('shell', 'execute_request', {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  })
  const { content } = await reply
  if (content['status'] !== 'ok') throw new Error(`${code}: ${JSON.stringify(content)} ${kernel.log()}`)
}

function row(name: string, [ours, peer]: readonly [number[], number[]], runs: number): BenchRow {
  return { name, ours: median(ours), peer: median(peer), ratio: median(peer) / median(ours), unit: 'ms', runs }
}
