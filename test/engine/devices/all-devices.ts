import { devices, loadTensorFlowDevice, type Device } from '../../../lib/engine/index.ts'

/** Every device that one suite runs on: those that are always there, and TensorFlow.js on the backends that need no native library. */
export const allDevices: readonly Device[] = [...devices, await loadTensorFlowDevice({ backend: 'cpu' }), await loadTensorFlowDevice({ backend: 'wasm' })]
