import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { EngineError } from '../../../errors/index.ts'
import { WebAssembly, type WasmMemory, type WasmModule } from './webassembly.ts'

/** What the kernels export. Addresses and sizes as in wasm/assembly/index.ts. */
export interface Kernels {
  /** Which of how many threads this one is, and where they meet. */
  join(part: number, parts: number, control: number): void
  constantsEnd(): number
  begin(batch: number, key0: number, key1: number, step: number): void
  run(start: number, end: number, rows: number, first: number): void
  total(table: number, sums: number, apart: number, count: number, before: number, trained: number): void
  reorder(order: number, rows: number, key0: number, key1: number, epoch: number): void
  train(task: number): number
}

/** An instance of the kernels and the memory that it works in. */
export interface Instance {
  readonly kernels: Kernels
  readonly memory: WasmMemory
  readonly module: WasmModule
}

type Name = 'kernels.wasm' | 'kernels-shared.wasm'

const compiled = new Map<Name, Promise<WasmModule>>()
let ready: WasmModule | undefined

/** A fresh instance with memory of its own. The module is compiled once a process. Errors: `EngineError` when it cannot be had. */
export async function instantiate(): Promise<Instance> {
  ready = await moduleOf('kernels.wasm')
  return alone(ready)
}

/** The same in a memory that other threads can work in, too; undefined where WebAssembly has no threads. */
export async function instantiateShared(): Promise<Instance | undefined> {
  try {
    const module = await moduleOf('kernels-shared.wasm')
    const memory = new WebAssembly.Memory({ initial: 4, maximum: 65536, shared: true })
    const { exports } = new WebAssembly.Instance(module, { env: { ...IMPORTS.env, memory } })
    return { kernels: exports as Kernels, memory, module }
  } catch {
    return undefined
  }
}

/** The same as `instantiate` at once: of the module that this process has compiled, else of the file that the build left. Errors: `EngineError` when there is none. */
export function instantiateNow(): Instance {
  try {
    ready ??= new WebAssembly.Module(readFileSync(path.join(packageRoot(), 'dist/engine/wasm/kernels.wasm')))
  } catch (cause) {
    throw noKernels(cause)
  }
  return alone(ready)
}

/** What a thread of a step runs. */
export const threadFile = (): string => path.join(packageRoot(), 'lib/engine/wasm/thread.mjs')

function alone(module: WasmModule): Instance {
  const { exports } = new WebAssembly.Instance(module, IMPORTS)
  return { kernels: exports as Kernels, memory: (exports as { readonly memory: WasmMemory }).memory, module }
}

function noKernels(cause: unknown): EngineError {
  return new EngineError({
    code: 'no-kernels',
    what: 'the WebAssembly kernels cannot be loaded',
    remedy: 'run `npm run build` in the clone',
    cause,
  })
}

function stop(): never {
  throw new EngineError({
    code: 'kernel-stopped',
    what: 'a WebAssembly kernel stopped',
    remedy: 'this is a fault of clvlab: please report it',
  })
}

const IMPORTS = { env: { abort: stop } }

async function moduleOf(name: Name): Promise<WasmModule> {
  const known = compiled.get(name)
  if (known !== undefined) return await known
  const fresh = load(name).catch((cause: unknown) => {
    compiled.delete(name)
    throw noKernels(cause)
  })
  compiled.set(name, fresh)
  return await fresh
}

async function load(name: Name): Promise<WasmModule> {
  const root = packageRoot()
  const builder = path.join(root, 'lib/engine/wasm/build.mjs')
  const { buildWasm } = (await import(pathToFileURL(builder).href)) as {
    readonly buildWasm: (options: { readonly root: string }) => Promise<string>
  }
  return await WebAssembly.compile(readFileSync(path.join(await buildWasm({ root }), name)))
}

/** The nearest folder above this file that holds package.json: this file runs from lib/ and from dist/. */
function packageRoot(): string {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder
    if (path.dirname(folder) === folder) throw new Error('no package.json above the engine')
  }
}
