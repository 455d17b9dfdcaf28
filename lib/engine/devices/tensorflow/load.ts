import { createRequire } from 'node:module'
import path from 'node:path'
import util from 'node:util'
import { EngineError } from '../../../errors/index.ts'
import type { Device } from '../../device.ts'
import type { TensorFlow } from './api.ts'
import { tensorFlowDevice } from './device.ts'

/** What may stand in for TensorFlow.js, best first, and the backend that it brings. */
const PACKAGES = [
  { name: '@tensorflow/tfjs-node-gpu', backend: 'tensorflow' },
  { name: '@tensorflow/tfjs-node', backend: 'tensorflow' },
  { name: '@tensorflow/tfjs', backend: 'wasm' },
] as const

const here = createRequire(import.meta.url)

/**
 * The `tensorflow` device on the best of TensorFlow.js that is installed: tfjs-node-gpu, tfjs-node, else @tensorflow/tfjs on its wasm backend
 * (where @tensorflow/tfjs-backend-wasm is there) or its cpu backend. Give `backend` to choose one; the device's name says which it is. Errors: `EngineError` `no-tensorflow`.
 */
export async function loadTensorFlowDevice({ backend }: { readonly backend?: 'tensorflow' | 'wasm' | 'cpu' } = {}): Promise<Device> {
  const found = PACKAGES.find(({ name, backend: own }) => (backend === undefined || (backend === 'tensorflow') === (own === 'tensorflow')) && installed(name))
  if (found === undefined) {
    throw new EngineError({ code: 'no-tensorflow', what: 'TensorFlow.js is not installed', where: `looked for ${PACKAGES.map(({ name }) => name).join(', ')}`, remedy: '`npm install @tensorflow/tfjs` brings the portable one; or use the wasm device, which needs nothing' })
  }
  if (found.backend === 'tensorflow') bringBack()
  const tf = here(found.name) as TensorFlow
  const chosen = backend ?? (found.backend === 'wasm' && !withWasm() ? 'cpu' : found.backend)
  if (chosen === 'wasm' && !withWasm()) {
    throw new EngineError({ code: 'no-tensorflow', what: 'the wasm backend of TensorFlow.js is not installed', remedy: '`npm install @tensorflow/tfjs-backend-wasm`, or ask for the backend "cpu"' })
  }
  return tensorFlowDevice(tf, { name: `tensorflow:${chosen === 'tensorflow' ? 'native' : chosen}`, backend: chosen, tolerance: 2e-5 })
}

function installed(name: string): boolean {
  try {
    here.resolve(name)
    return true
  } catch {
    return false
  }
}

let wasmThere: boolean | undefined

/** Registers the wasm backend, once, with the place of its binaries. */
function withWasm(): boolean {
  if (wasmThere !== undefined) return wasmThere
  const name = '@tensorflow/tfjs-backend-wasm'
  wasmThere = installed(name)
  if (wasmThere) {
    const { setWasmPaths } = here(name) as { setWasmPaths(folder: string): void }
    setWasmPaths(`${path.dirname(here.resolve(name))}${path.sep}`)
  }
  return wasmThere
}

/** tfjs-node 4.22 calls two functions that Node 23 took away. */
function bringBack(): void {
  const old = util as unknown as Record<string, unknown>
  old['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  old['isArray'] ??= Array.isArray
}
