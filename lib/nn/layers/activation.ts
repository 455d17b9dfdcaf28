import { ACTIVATIONS, type Activation } from '../activations.ts'
import type { Layer } from '../layer.ts'

export function activation(name: Activation): Layer {
  return { kind: name, build: x => ACTIVATIONS[name](x) }
}
