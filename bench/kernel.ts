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
const STARTS = 5
const CELLS = 20

/**
 * Our kernel against tslab's, both checking types, in turn in one run: start to the first result of `1 + 1`, and the
 * time of a cell that uses a name of the one before. Medians in milliseconds; a ratio above 1 means that ours is faster.
 */
export async function kernelBenches(): Promise<BenchRow[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-bench-'))
  try {
    const starts: [number[], number[]] = [[], []]
    const cells: [number[], number[]] = [[], []]
    for (let i = 0; i < STARTS; i++) {
      for (const [side, command] of [OURS, TSLAB].entries()) {
        const { start, each } = await measure(folder, command)
        starts[side as 0 | 1].push(start)
        cells[side as 0 | 1].push(median(each))
      }
    }
    return [
      row('kernel start to first result, against tslab', starts, STARTS),
      row('one cell, against tslab', cells, STARTS * CELLS),
    ]
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

async function measure(cwd: string, command: readonly string[]): Promise<{ start: number; each: number[] }> {
  const began = performance.now()
  const kernel = await startKernelProcess({ cwd, command })
  const client = new KernelClient(kernel.connection)
  try {
    const died = new Promise<never>((_, reject) =>
      kernel.child.once('exit', code => reject(new Error(`the kernel ended with ${code}: ${kernel.log()}`))),
    )
    died.catch(() => undefined)
    await Promise.race([client.ready(), died])
    await cell(client, kernel, '1 + 1')
    const start = performance.now() - began
    await cell(client, kernel, 'let n0 = 0')
    const each: number[] = []
    for (let i = 1; i <= CELLS; i++) {
      const at = performance.now()
      await cell(client, kernel, `let n${i} = n${i - 1} + 1`)
      each.push(performance.now() - at)
    }
    return { start, each }
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
