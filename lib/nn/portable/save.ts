import fs from 'node:fs/promises'
import path from 'node:path'
import { toOnnx } from '../../engine/index.ts'
import { writeWhole } from '../../files/index.ts'
import type { Network, Weights } from '../network.ts'
import { toLayersModel } from './layers-model.ts'

/**
 * Writes a trained network as an ONNX model: input `x`, output `output`, a batch of any length. The file is written whole or not at all. Errors: those of
 * `toOnnx`; the system's own.
 */
export async function saveOnnx(file: string, network: Network, weights: Weights): Promise<void> {
  await writeWhole(file, toOnnx(network.prediction(1), weights, { name: path.basename(file, '.onnx') }))
}

/**
 * Writes a trained network as TensorFlow.js' LayersModel into a folder: `weights.bin`, then `model.json`, each whole or not at all. Errors: those of
 * `toLayersModel`; the system's own.
 */
export async function saveLayersModel(folder: string, network: Network, weights: Weights): Promise<void> {
  const model = toLayersModel(network, weights)
  await fs.mkdir(folder, { recursive: true })
  await writeWhole(path.join(folder, 'weights.bin'), model.weights)
  await writeWhole(path.join(folder, 'model.json'), model.model)
}
