import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { median, type BenchRow } from './support/measure.ts'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const RUNS = 7
/** Floating-point operations of one timed turn. */
const WORK = 4e8
/** Rows and columns of the result, and the inner length. */
const SIZES = [
  [32, 128, 20],
  [32, 64, 128],
  [1024, 128, 20],
  [1024, 64, 128],
  [1024, 1024, 1024],
] as const

/** The product of the engine, and its innermost kernel alone on two rows and sixteen columns that never leave the nearest cache. */
const SOURCE = `
import { block2x16, product } from './product'
export function products(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, times: i32): void {
  for (let i = 0; i < times; i++) product(a, <usize>k << 2, 4, b, <usize>n << 2, c, <usize>n << 2, m, n, k, 0, 0)
}
export function bare(a: usize, b: usize, c: usize, k: i32, times: i32): void {
  for (let i = 0; i < times; i++) block2x16(a, <usize>k << 2, 4, b, 64, c, 64, k, 0, 0, 0)
}
`

interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  products(a: number, b: number, c: number, m: number, n: number, k: number, times: number): void
  bare(a: number, b: number, c: number, k: number, times: number): void
}

/**
 * Products of several sizes on one thread, against the bare register-blocked kernel at the same inner length (at most 256: longer ones are cut), in
 * turn in one run: milliseconds for as many multiplications and additions. A ratio of 0.85 says that 85% of the kernel's speed is reached.
 */
export async function productBenches(): Promise<BenchRow[]> {
  const { memory, products, bare } = await compiled()
  const [a, b, c] = [65536, 65536 + 4 * 1024 * 1024, 65536 + 8 * 1024 * 1024]
  memory.grow(Math.ceil((c + 4 * 1024 * 1024) / 65536))
  new Float32Array(memory.buffer, a, 2 * 1024 * 1024).forEach((_, i, all) => (all[i] = ((i * 37) % 101) / 50 - 1))
  const contenders = SIZES.map(([m, n, k]) => {
    const depth = Math.min(k, 256)
    const times = Math.max(1, Math.round(WORK / (2 * m * n * k)))
    const blocks = Math.round((times * m * n * k) / (32 * depth))
    return [(): void => products(a, b, c, m, n, k, times), (): void => bare(a, b, c, depth, blocks)] as const
  })
  const times = contenders.map((): readonly [number[], number[]] => [[], []])
  for (let run = -2; run < RUNS; run++) {
    contenders.forEach((pair, i) =>
      pair.forEach((work, j) => {
        const began = performance.now()
        work()
        // the first turns warm up
        if (run >= 0) times[i]?.[j as 0 | 1].push(performance.now() - began)
      }),
    )
  }
  return SIZES.map(([m, n, k], i) => {
    const [ours, peer] = (times[i] as readonly [number[], number[]]).map(median) as [number, number]
    const name = `product ${m} x ${n} x ${k}, against the bare kernel`
    return { name, ours, peer, ratio: peer / ours, unit: 'ms', runs: RUNS }
  })
}

async function compiled(): Promise<Kernels> {
  const asc = await import('assemblyscript/asc')
  const folder = path.join(ROOT, 'lib/engine/wasm/assembly')
  const { FLAGS: flags } = (await import(pathToFileURL(path.join(ROOT, 'lib/engine/wasm/flags.mjs')).href)) as {
    readonly FLAGS: readonly string[]
  }
  let binary: Uint8Array | undefined
  const { error } = await asc.main(['bench.ts', ...flags, '--outFile', 'bench.wasm'], {
    readFile: name =>
      name === 'bench.ts'
        ? SOURCE
        : fs.existsSync(path.join(folder, name))
          ? fs.readFileSync(path.join(folder, name), 'utf8')
          : null,
    writeFile: (name, contents) => {
      if (name === 'bench.wasm') binary = contents as Uint8Array
    },
    listFiles: () => [],
  })
  if (error !== null || binary === undefined)
    throw new Error(`the kernels do not compile: ${error?.message ?? 'nothing came out'}`)
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: unknown } }> }
  }
  return (await WebAssembly.instantiate(binary, { env: { abort: () => {} } })).instance.exports as Kernels
}
