import { devices, loadTensorFlowDevice, loadWebgpuDevice, type Device } from '../../../lib/engine/index.ts'

/** A device that the suite is meant for but that is not here, and why. */
export interface Absent {
  readonly name: string
  readonly why: string
}

const asked = (name: string): boolean => process.env[name] !== undefined

/**
 * Every device that one suite runs on: those that are always there, TensorFlow.js on the backends that need no native library, and, where
 * `CLVLAB_TENSORFLOW` or `CLVLAB_WEBGPU` says where they have been installed, native TensorFlow or WebGPU instead. One that is asked for and does
 * not work fails the suite.
 */
export const allDevices: readonly Device[] = [...devices, ...(await others())]

/** What the suite skips, by name. */
export const absentDevices: readonly Absent[] = [
  ...(asked('CLVLAB_TENSORFLOW') ? [] : [{ name: 'tensorflow:native', why: 'CLVLAB_TENSORFLOW does not say where it is' }]),
  ...(asked('CLVLAB_WEBGPU') ? [] : [{ name: 'webgpu', why: 'CLVLAB_WEBGPU does not say where it is' }]),
]

async function others(): Promise<readonly Device[]> {
  const native = asked('CLVLAB_TENSORFLOW') ? [await loadTensorFlowDevice({ backend: 'native' })] : []
  const webgpu = asked('CLVLAB_WEBGPU') ? [await loadWebgpuDevice()] : []
  const portable =
    native.length + webgpu.length > 0
      ? []
      : [await loadTensorFlowDevice({ backend: 'cpu' }), await loadTensorFlowDevice({ backend: 'wasm' })]
  return [...native, ...webgpu, ...portable]
}
