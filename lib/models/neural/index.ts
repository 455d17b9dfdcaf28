import type { FittedModel, SavedModel } from '../model.ts'
import { dnn } from './dnn.ts'

export { dnn, dnnWith } from './dnn.ts'
export type { DnnModel } from './dnn.ts'
export type { DnnHistory } from './dnn-state.ts'
export type { FittedDnn } from './fitted-dnn.ts'
export { ARTICLE } from './settings.ts'
export type { DnnSettings } from './settings.ts'

export const neuralModels = [dnn] as const

/** The fitted network from what it saved; undefined for another model's. */
export function restoreNeural(saved: SavedModel): FittedModel | undefined {
  return neuralModels.find(({ name }) => name === saved.model)?.restore(saved)
}
