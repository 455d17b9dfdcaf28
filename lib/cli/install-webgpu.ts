import type { WEBGPU_PACKAGES } from '../engine/index.ts'
import { step } from './install-step.ts'
import { wholeFolder } from './whole-folder.ts'

const VERSIONS: Readonly<Record<(typeof WEBGPU_PACKAGES)[number], string>> = {
  webgpu: '0.6.2',
  '@tensorflow/tfjs-core': '4.22.0',
  '@tensorflow/tfjs-backend-webgpu': '4.22.0',
}

/**
 * Puts Dawn and TensorFlow.js' backend into a folder, whole or not at all: about 200 MB, nothing to compile, for Linux, macOS and Windows. Whether
 * there is a card with a driver is for the device to find out. Errors: `EngineError` for a step that failed;
 * `UsageError` for a folder that holds something else.
 */
export function installWebgpu(folder: string, say: (line: string) => void): void {
  wholeFolder(folder, VERSIONS, partial => {
    const packages = Object.entries(VERSIONS).map(([name, version]) => `${name} ${version}`)
    step(say, packages.join(', '), 'npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], partial)
  })
}
