import type { FittedModel, SavedModel } from '../model.ts'
import { dnn } from './dnn.ts'

export { dnn, dnnWith, fitDnn } from './dnn.ts'
export type { Augment, DnnModel } from './dnn.ts'
export type { DnnHistory } from './dnn-state.ts'
export type { FittedDnn } from './fitted-dnn.ts'
export { restoreDnn } from './restore-dnn.ts'
export { ARTICLE } from './settings.ts'
export type { DnnSettings } from './settings.ts'
export { splitCustomers } from './split.ts'
export type { Split } from './split.ts'

export const neuralModels = [dnn] as const

/** The fitted network from what it saved; undefined for another model's. */
export function restoreNeural(saved: SavedModel): FittedModel | undefined {
  return neuralModels.find(({ name }) => name === saved.model)?.restore(saved)
}
