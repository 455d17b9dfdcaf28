import { createRequire } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import { EngineError } from '../../../errors/index.ts'
import type { Device } from '../../device.ts'
import type { TensorFlow } from '../tensorflow/api.ts'
import { tensorFlowDevice } from '../tensorflow/device.ts'
import { dawnAt, probeWebgpu, webgpuPlace } from './packages.ts'

/**
 * Dawn aborts the whole process when the thread that it runs in is ended from outside while it still has something to tell: `napi_define_properties`
 * (webgpu 0.6.2). So it is for the main thread alone.
 */
const THREAD = {
  what: 'WebGPU works in the main thread of a process alone, and this is another',
  remedy: 'compare with `workers: 1`, or use the wasm device in threads',
}

/**
 * The `webgpu` device: TensorFlow.js on Dawn, the WebGPU of Chromium, over Vulkan, Metal or Direct3D 12. Errors: `EngineError` `no-webgpu` that says
 * what is missing, or that this is not the main thread.
 */
export async function loadWebgpuDevice(): Promise<Device> {
  if (!isMainThread) throw new EngineError({ code: 'no-webgpu', ...THREAD })
  const from = webgpuPlace()
  if (from === undefined)
    throw missing('the packages of WebGPU are not installed', '`clvlab doctor --install webgpu` brings them')
  const probed = probeWebgpu(from)
  if (!probed.works) throw missing(`WebGPU does not work here: ${probed.why}`, '`clvlab doctor` says what helps')
  const dawn = (await import(dawnAt(from))) as Dawn
  await offer(dawn)
  const load = createRequire(from)
  const tf = load('@tensorflow/tfjs-core') as TensorFlow
  load('@tensorflow/tfjs-backend-webgpu')
  const { title, software } = probed.adapter
  const complaint = await complaintsOf(tf)
  return tensorFlowDevice(tf, {
    name: 'webgpu',
    backend: 'webgpu',
    tolerance: 5e-5,
    about: `${title}${software ? ', a software driver' : ''}`,
    complaint,
  })
}

/** The first error that the card's driver has told nobody but its device: work that is not valid is left out, and the answer is what lay in memory. */
async function complaintsOf(tf: TensorFlow): Promise<() => Error | undefined> {
  if (!(await tf.setBackend('webgpu').catch(() => false))) return () => undefined
  const { device } = tf.backend() as { readonly device: EventTarget }
  let first: Error | undefined
  device.addEventListener('uncapturederror', event => {
    event.preventDefault()
    first ??= new Error((event as Event & { readonly error: { readonly message: string } }).error.message)
  })
  return () => first
}

interface Dawn {
  create(options: readonly string[]): object
  readonly globals: object
}

/** Node has no `navigator.gpu`: TensorFlow.js looks for it once, when its backend is loaded. */
async function offer({ create, globals }: Dawn): Promise<void> {
  const known = (globalThis as { navigator?: { readonly gpu?: object } }).navigator
  if (known?.gpu !== undefined) return
  Object.assign(globalThis, globals)
  const gpu = create([])
  if (known === undefined) Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })
  else Object.defineProperty(known, 'gpu', { value: gpu, configurable: true })
}

function missing(what: string, remedy: string): EngineError {
  return new EngineError({ code: 'no-webgpu', what, remedy: `${remedy}; the wasm device needs nothing` })
}
