import { ACTIVATIONS, type Activation } from '../activations.ts'
import type { Layer } from '../layer.ts'
import { bareKeras } from '../portable/keras-layer.ts'

export function activation(name: Activation): Layer {
  return { kind: name, keras: bareKeras('Activation', { activation: name }), build: x => ACTIVATIONS[name](x) }
}
