import { activationOf, type Activation } from '../activations.ts'
import type { Layer } from '../layer.ts'
import { bareKeras } from '../portable/keras-layer.ts'

/**
 * An activation as a layer of its own: any shape to the same, value by value (`softmax`: over the columns). Errors: `UsageError` for a name that
 * no activation has.
 */
export function activation(name: Activation): Layer {
  const apply = activationOf(name)
  const keras = name === 'leakyRelu' ? bareKeras('LeakyReLU', { alpha: 0.01 }) : bareKeras('Activation', { activation: name })
  return { kind: name, keras, build: apply }
}
