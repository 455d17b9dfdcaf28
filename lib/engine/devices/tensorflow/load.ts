import { createRequire } from 'node:module'
import path from 'node:path'
import util from 'node:util'
import { EngineError } from '../../../errors/index.ts'
import type { Device } from '../../device.ts'
import type { TensorFlow } from './api.ts'
import { tensorFlowDevice } from './device.ts'
import { resolves } from '../packages.ts'
import { nativePackages, probe, type NativePackage, type Probe } from './native.ts'

const PORTABLE = '@tensorflow/tfjs'
const here = createRequire(import.meta.url)

/**
 * The `tensorflow` device on the best of TensorFlow.js that works here: natively on tfjs-node-gpu or tfjs-node, else @tensorflow/tfjs on its
 * wasm backend (where @tensorflow/tfjs-backend-wasm is there) or its cpu backend. Give `backend` to choose one; the device's name says
 * which it is. Errors: `EngineError` `no-tensorflow` that says what was found and why it does not work.
 */
export async function loadTensorFlowDevice({ backend }: { readonly backend?: 'native' | 'wasm' | 'cpu' } = {}): Promise<Device> {
  const broken: string[] = []
  if (backend === undefined || backend === 'native') {
    for (const found of nativePackages()) {
      const probed = probe(found)
      if (probed.works) return native(found, probed)
      broken.push(`${found.name} does not work: ${probed.why}`)
    }
    if (backend === 'native')
      throw missing(
        'a native TensorFlow is not to be had',
        broken,
        '`clvlab doctor --install tensorflow` builds one; or use the wasm device',
      )
  }
  if (!installed(PORTABLE))
    throw missing(
      'TensorFlow.js is not installed',
      broken,
      '`npm install @tensorflow/tfjs` brings the portable one; or use the wasm device, which needs nothing',
    )
  const tf = here(PORTABLE) as TensorFlow
  if (backend === 'wasm' && !withWasm())
    throw missing(
      'the wasm backend of TensorFlow.js is not installed',
      broken,
      '`npm install @tensorflow/tfjs-backend-wasm`, or ask for the backend "cpu"',
    )
  const chosen = backend ?? (withWasm() ? 'wasm' : 'cpu')
  return tensorFlowDevice(tf, {
    name: `tensorflow:${chosen}`,
    backend: chosen,
    tolerance: 2e-5,
    about: [`TensorFlow.js ${tf.version_core ?? tf.version?.['tfjs-core'] ?? ''}`, ...broken].join('; '),
  })
}

function native({ name, from }: NativePackage, { version, gpu }: Extract<Probe, { works: true }>): Device {
  bringBack()
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  return tensorFlowDevice(createRequire(from)(name) as TensorFlow, {
    name: 'tensorflow:native',
    backend: 'tensorflow',
    tolerance: 2e-5,
    about: `TensorFlow ${version}, ${gpu ? 'with a graphics card' : 'on the processor'}`,
  })
}

function missing(what: string, broken: readonly string[], remedy: string): EngineError {
  return new EngineError({ code: 'no-tensorflow', what, ...(broken.length === 0 ? {} : { where: broken.join('; ') }), remedy })
}

const installed = (name: string): boolean => resolves(name, import.meta.filename)

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

/** tfjs-node 4.22 calls two functions of which Node 23 took one away, and which others warn of. */
function bringBack(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: (value: unknown) => Array.isArray(value),
  })
}
