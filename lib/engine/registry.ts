import { nearest, UsageError } from '../errors/index.ts'
import type { Device } from './device.ts'
import { reference } from './devices/reference/device.ts'
import { loadTensorFlowDevice } from './devices/tensorflow/load.ts'
import { wasm } from './devices/wasm/device.ts'
import { loadWebgpuDevice } from './devices/webgpu/load.ts'

/** The devices that are always there, the default first. */
export const devices: readonly Device[] = [wasm, reference]

const LOADERS = {
  wasm: async () => wasm,
  reference: async () => reference,
  tensorflow: async () => await loadTensorFlowDevice(),
  'tensorflow:native': async () => await loadTensorFlowDevice({ backend: 'native' }),
  'tensorflow:wasm': async () => await loadTensorFlowDevice({ backend: 'wasm' }),
  'tensorflow:cpu': async () => await loadTensorFlowDevice({ backend: 'cpu' }),
  webgpu: loadWebgpuDevice,
} as const satisfies Readonly<Record<string, () => Promise<Device>>>

/** What a device can be asked for by: `tensorflow` is the best of TensorFlow.js that works here. */
export type DeviceName = keyof typeof LOADERS

export const DEVICE_NAMES = Object.keys(LOADERS) as readonly DeviceName[]

/** A name as a user wrote it; `auto` too. Errors: `UsageError` that lists the names. */
export function deviceName(name: string): DeviceName | 'auto' {
  if (name === 'auto' || name in LOADERS) return name as DeviceName | 'auto'
  const names = [...DEVICE_NAMES, 'auto']
  const near = nearest(name, names)
  throw new UsageError({
    code: 'unknown-device',
    what: `there is no device "${name}"`,
    where: `there are ${names.join(', ')}`,
    remedy: near === undefined ? 'choose one of these' : `did you mean ${near}?`,
  })
}

/** Errors: `EngineError` for a device that does not work here (`no-tensorflow`, `no-webgpu`), with what helps. */
export async function loadDevice(name: DeviceName): Promise<Device> {
  return await LOADERS[name]()
}
