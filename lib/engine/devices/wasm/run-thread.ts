import { parentPort, workerData } from 'node:worker_threads'
import { computeRows, type Order } from './compute.ts'
import type { Kernels } from './module.ts'
import type { Recipe } from './recipe.ts'
import { WebAssembly, type WasmMemory, type WasmModule } from './webassembly.ts'

/** What a thread begins with. */
export interface RunThreadData {
  readonly module: WasmModule
  readonly recipe: Recipe
  /** Bytes of memory that the program needs. */
  readonly bytes: number
}

/** What it is told: rows to compute, and before them what lies in memory from an address on, where that has changed. */
export interface RunOrder extends Order {
  readonly image?: { readonly at: number; readonly bytes: Uint8Array }
}

const PAGE = 65536
const { module, recipe, bytes } = workerData as RunThreadData
const abort = (): never => {
  throw new Error('a WebAssembly kernel stopped')
}
const { exports } = new WebAssembly.Instance(module, { env: { abort } })
const { memory, ...kernels } = exports as Kernels & { readonly memory: WasmMemory }
memory.grow(Math.max(0, Math.ceil((bytes - memory.buffer.byteLength) / PAGE)))

parentPort?.on('message', ({ image, ...order }: RunOrder) => {
  if (image !== undefined) new Uint8Array(memory.buffer, image.at, image.bytes.length).set(image.bytes)
  const results = computeRows(kernels, memory, recipe, order)
  parentPort?.postMessage(
    results,
    results.map(({ buffer }) => buffer),
  )
})
