import { devices, loadTensorFlowDevice, type Device } from '../../../lib/engine/index.ts'

/**
 * Every device that one suite runs on: those that are always there, and TensorFlow.js: natively where `CLVLAB_TENSORFLOW` says that it has been
 * built, else on the backends that need no native library (two copies of TensorFlow.js do not live well in one process).
 */
export const allDevices: readonly Device[] = [...devices, ...(await tensorflow())]

async function tensorflow(): Promise<readonly Device[]> {
  if (process.env['CLVLAB_TENSORFLOW'] !== undefined) return [await loadTensorFlowDevice({ backend: 'native' })]
  return [await loadTensorFlowDevice({ backend: 'cpu' }), await loadTensorFlowDevice({ backend: 'wasm' })]
}
