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

/** The same with an operand of which three quarters are 0, as behind ReLU and a dropout of one half. */
const SPARSE = [
  [32, 64, 128],
  [1024, 64, 128],
  [1024, 128, 64],
] as const

/** The product of the engine, with zeros left out or not, and its innermost kernel alone on two rows and sixteen columns that never leave the nearest cache. */
const SOURCE = `
import { block2x16, product } from './product'
import { marked16, marked32, sparseProduct } from './sparse'

// as in the kernels, so that they are compiled as there
export { marked16, marked32 }
export function products(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, times: i32): void {
  for (let i = 0; i < times; i++) product(a, <usize>k << 2, 4, b, <usize>n << 2, c, <usize>n << 2, m, n, k, 0, 0)
}
export function sparse(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, times: i32): void {
  for (let i = 0; i < times; i++) sparseProduct(a, <usize>k << 2, 4, b, <usize>n << 2, c, <usize>n << 2, m, n, k, 0, 0)
}
export function bare(a: usize, b: usize, c: usize, k: i32, times: i32): void {
  for (let i = 0; i < times; i++) block2x16(a, <usize>k << 2, 4, b, 64, c, 64, k, 0, 0, 0)
}
`

interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  products(a: number, b: number, c: number, m: number, n: number, k: number, times: number): void
  sparse(a: number, b: number, c: number, m: number, n: number, k: number, times: number): void
  bare(a: number, b: number, c: number, k: number, times: number): void
}

/**
 * Products of several sizes on one thread, against the bare register-blocked kernel at the same inner length (at most 256: longer ones are cut), in
 * turn in one run: milliseconds for as many multiplications and additions. A ratio of 0.85 says that 85% of the kernel's speed is reached. Then those
 * that leave out zeros, against the same without that.
 */
export async function productBenches(): Promise<BenchRow[]> {
  const { memory, products, sparse, bare } = await compiled()
  const [a, b, c, zeros] = [1, 5, 9, 13].map(mebibytes => mebibytes * 1048576) as [number, number, number, number]
  memory.grow(Math.ceil((zeros + 4 * 1048576) / 65536))
  const values = new Float32Array(memory.buffer, a, 2 * 1048576)
  values.forEach((_, i) => (values[i] = ((i * 37) % 101) / 50 - 1))
  new Float32Array(memory.buffer, zeros, 131072).forEach((_, i, all) => (all[i] = hash(i) % 4 === 0 ? (values[i] as number) : 0))
  const often = (m: number, n: number, k: number): number => Math.max(1, Math.round(WORK / (2 * m * n * k)))
  const dense = SIZES.map(([m, n, k]): Contender => {
    const depth = Math.min(k, 256)
    const times = often(m, n, k)
    const blocks = Math.round((times * m * n * k) / (32 * depth))
    return {
      name: `product ${m} x ${n} x ${k}, against the bare kernel`,
      ours: () => products(a, b, c, m, n, k, times),
      peer: () => bare(a, b, c, depth, blocks),
    }
  })
  const thin = SPARSE.map(([m, n, k]): Contender => ({
    name: `product ${m} x ${n} x ${k}, three quarters zeros, against reckoning with them`,
    ours: () => sparse(zeros, b, c, m, n, k, often(m, n, k)),
    peer: () => products(zeros, b, c, m, n, k, often(m, n, k)),
  }))
  return inTurn([...dense, ...thin])
}

interface Contender {
  readonly name: string
  readonly ours: () => void
  readonly peer: () => void
}

function inTurn(contenders: readonly Contender[]): BenchRow[] {
  const times = contenders.map((): { readonly ours: number[]; readonly peer: number[] } => ({ ours: [], peer: [] }))
  for (let run = -2; run < RUNS; run++) {
    contenders.forEach((contender, i) => {
      for (const side of ['ours', 'peer'] as const) {
        const began = performance.now()
        contender[side]()
        // the first turns warm up
        if (run >= 0) times[i]?.[side].push(performance.now() - began)
      }
    })
  }
  return contenders.map(({ name }, i) => {
    const [ours, peer] = [median(times[i]?.ours ?? []), median(times[i]?.peer ?? [])]
    return { name, ours, peer, ratio: peer / ours, unit: 'ms', runs: RUNS }
  })
}

/** Bits that follow no pattern a processor could learn. */
function hash(i: number): number {
  const x = Math.imul(i ^ (i >>> 16), 0x7feb352d)
  return Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 16
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
