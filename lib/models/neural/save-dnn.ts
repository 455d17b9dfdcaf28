import type { SavedModel } from '../model.ts'
import { snapshot } from '../saved-state.ts'
import type { DnnState } from './dnn-state.ts'

export const DNN_VERSION = 1

export function saveDnn({ name, weights, ...rest }: DnnState): SavedModel {
  return snapshot({
    model: name,
    version: DNN_VERSION,
    state: { ...rest },
    arrays: Object.fromEntries(
      (['returns', 'value'] as const).flatMap(part =>
        Object.entries(weights[part]).map(([key, values]) => [`${part}/${key}`, values]),
      ),
    ),
  })
}
