import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { EngineError } from '../../../errors/index.ts'
import { WebAssembly, type WasmMemory, type WasmModule } from './webassembly.ts'

/** What kernels.wasm exports. Addresses and sizes as in wasm/assembly/index.ts. */
export interface Kernels {
  readonly memory: WasmMemory
  run(program: number, end: number, rows: number, key0: number, key1: number, step: number): void
  epoch(task: number, number: number): number
}

let compiled: Promise<WasmModule> | undefined
let ready: WasmModule | undefined

/** A fresh instance with memory of its own. The module is compiled once a process. Errors: `EngineError` when it cannot be had. */
export async function instantiate(): Promise<Kernels> {
  compiled ??= load().catch((cause: unknown) => {
    compiled = undefined
    throw noKernels(cause)
  })
  ready = await compiled
  return (await WebAssembly.instantiate(ready, IMPORTS)).exports as Kernels
}

/** The same at once: of the module that this process has compiled, else of the file that the build left. Errors: `EngineError` when there is none. */
export function instantiateNow(): Kernels {
  try {
    ready ??= new WebAssembly.Module(readFileSync(path.join(packageRoot(), 'dist/engine/wasm/kernels.wasm')))
  } catch (cause) {
    throw noKernels(cause)
  }
  return new WebAssembly.Instance(ready, IMPORTS).exports as Kernels
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

async function load(): Promise<WasmModule> {
  const root = packageRoot()
  const builder = path.join(root, 'lib/engine/wasm/build.mjs')
  const { buildWasm } = (await import(pathToFileURL(builder).href)) as {
    readonly buildWasm: (options: { readonly root: string }) => Promise<string>
  }
  return WebAssembly.compile(readFileSync(await buildWasm({ root })))
}

/** The nearest folder above this file that holds package.json: this file runs from lib/ and from dist/. */
function packageRoot(): string {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder
    if (path.dirname(folder) === folder) throw new Error('no package.json above the engine')
  }
}
