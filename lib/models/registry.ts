import { FormatError, UsageError } from '../errors/index.ts'
import { baselineModels } from './baselines/index.ts'
import { btydModels } from './btyd/index.ts'
import { linearModels } from './linear/index.ts'
import type { FittedModel, Model, SavedModel } from './model.ts'

/** A model that can also be brought back from what it saved. */
export type RestorableModel = Model & { readonly restore: (saved: SavedModel) => FittedModel }

/** Every model, the baselines first. */
export const allModels: readonly RestorableModel[] = [...baselineModels, ...linearModels, ...btydModels]

/** Errors: `UsageError` that lists the names. */
export function modelNamed(name: string): RestorableModel {
  const found = allModels.find(model => model.name === name)
  if (found !== undefined) return found
  throw new UsageError({ code: 'unknown-model', what: `there is no model "${name}"`, remedy: `one of ${allModels.map(model => model.name).join(', ')}` })
}

/** A fitted model from what it saved: the same predictions, bit for bit. */
export function restoreModel(saved: SavedModel): FittedModel {
  const found = allModels.find(model => model.name === saved.model)
  if (found === undefined) throw new FormatError({ code: 'unknown-model', what: `the file holds a "${saved.model}", which this version does not know`, remedy: 'load it with the version of clvlab that wrote it' })
  return found.restore(saved)
}
