import { EngineError } from '../../errors/index.ts'
import type { Network, Weights } from '../network.ts'
import { pack } from '../train/packed.ts'
import { weightsOf } from './weights-of.ts'

/** The two files of TensorFlow.js' LayersModel. */
export interface LayersModel {
  /** `model.json`. */
  readonly model: string
  /** `weights.bin`, floats of four bytes, the lowest first. */
  readonly weights: Uint8Array
}

/**
 * A trained network as TensorFlow.js' LayersModel: what `tf.loadLayersModel` reads, and predicts the same with. Errors: `EngineError` `not-portable` that
 * names a layer (or its activation) which Keras has not, or has otherwise; `missing-values` and `wrong-length` for the weights.
 */
export function toLayersModel(network: Network, weights: Weights): LayersModel {
  const given = weightsOf(network, weights)
  const layers = network.layers.map((layer, i) => {
    const name = `${layer.kind}-${i}`
    if (layer.keras === undefined) {
      throw new EngineError({
        code: 'not-portable',
        what: `the layer "${layer.kind}" has no place in a LayersModel`,
        where: `layer ${i + 1} of ${network.layers.length}`,
        remedy: 'export the network as ONNX, which carries every layer',
      })
    }
    const { className, config, weights: made } = layer.keras
    if (config['activation'] === 'leakyRelu') {
      throw new EngineError({
        code: 'not-portable',
        what: `the layer "${layer.kind}" has the activation "leakyRelu", which a LayersModel has as a layer alone`,
        where: `layer ${i + 1} of ${network.layers.length}`,
        remedy: "make it linear and let activation('leakyRelu') follow, or export the network as ONNX",
      })
    }
    return {
      topology: {
        class_name: className,
        config: { name, trainable: true, dtype: 'float32', ...config, ...(i === 0 ? input(network) : {}) },
      },
      weights: made(own => given[`${name}/${own}`] as Float32Array).map(each => ({ ...each, name: `${name}/${each.name}` })),
    }
  })
  const all = layers.flatMap(each => each.weights)
  const model = {
    format: 'layers-model',
    generatedBy: 'clvlab',
    convertedBy: null,
    modelTopology: {
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
      model_config: { class_name: 'Sequential', config: { name: 'clvlab', layers: layers.map(each => each.topology) } },
    },
    weightsManifest: [
      { paths: ['weights.bin'], weights: all.map(({ name, dims }) => ({ name, shape: dims, dtype: 'float32' })) },
    ],
  }
  return {
    model: `${JSON.stringify(model)}\n`,
    weights: pack(Object.fromEntries(all.map(({ name, values }) => [name, values]))).bytes,
  }
}

const input = ({ time, columns }: Network) => ({ batch_input_shape: [null, ...(time === undefined ? [] : [time]), columns] })
