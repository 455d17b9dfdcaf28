import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * A package that passes for native TensorFlow: TensorFlow.js on its cpu backend under the other name. After so many products it fails as a card does whose
 * memory is full.
 */
export function fakeNative(folder: string, products = Infinity): string {
  const own = path.join(folder, 'node_modules/@tensorflow/tfjs-node')
  fs.mkdirSync(own, { recursive: true })
  fs.writeFileSync(path.join(folder, 'package.json'), '{}')
  fs.writeFileSync(path.join(own, 'package.json'), '{"main":"index.js"}')
  const real = createRequire(import.meta.url).resolve('@tensorflow/tfjs')
  fs.writeFileSync(
    path.join(own, 'index.js'),
    `const tf = require(${JSON.stringify(real)})
let left = ${products === Infinity ? 'Infinity' : products}
const matMul = (...operands) => {
  if (left-- <= 0) throw new Error('OOM when allocating tensor with shape[1024,1024]\\nand more')
  return tf.matMul(...operands)
}
module.exports = { ...tf, matMul, getBackend: () => 'tensorflow', setBackend: async () => tf.setBackend('cpu'),
  backend: () => ({ binding: { TF_Version: 'fake' }, isUsingGpuDevice: false }) }
`,
  )
  return folder
}
