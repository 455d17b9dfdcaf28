import { FormatError, nearest, UsageError } from '../errors/index.ts'
import { baselineModels } from './baselines/index.ts'
import { btydModels, ggomNbdFirst } from './btyd/index.ts'
import { generativeModels } from './generative/index.ts'
import { linearModels } from './linear/index.ts'
import { neuralModels } from './neural/index.ts'
import { sequenceModels } from './sequence/index.ts'
import type { FittedModel, Model, SavedModel } from './model.ts'

/** A model that can also be brought back from what it saved. */
export type RestorableModel = Model & { readonly restore: (saved: SavedModel) => FittedModel }

/** The models of the usual comparison, the baselines first: each fits some thousands of customers in seconds. */
export function models(): readonly RestorableModel[] {
  return [...baselineModels, ...linearModels, ...btydModels, ...neuralModels]
}

/** Every model, also those that take longer or read weeks (`withWeeks`). */
export function allModels(): readonly RestorableModel[] {
  return [...models(), ggomNbdFirst, ...sequenceModels, ...generativeModels]
}

/** Errors: `UsageError` that names the nearest and lists all. */
export function modelNamed(name: string): RestorableModel {
  const found = allModels().find(model => model.name === name)
  if (found !== undefined) return found
  const names = allModels().map(model => model.name)
  const near = nearest(name, names)
  throw new UsageError({
    code: 'unknown-model',
    what: `there is no model "${name}"${near === undefined ? '' : `; perhaps "${near}" is meant`}`,
    remedy: `one of ${names.join(', ')}`,
  })
}

/** A fitted model from what it saved: the same predictions, bit for bit. Errors: `FormatError` for a model unknown here. */
export function restoreModel(saved: SavedModel): FittedModel {
  const found = allModels().find(model => model.name === saved.model)
  if (found === undefined) {
    throw new FormatError({
      code: 'unknown-model',
      what: `a model "${saved.model}" was saved, which no model here is called`,
      remedy:
        (saved.state as { codec?: unknown }).codec === undefined
          ? 'bring it back with the model that made it, `model.restore(await readModel(file))`, or load it with the version of clvlab that wrote it'
          : '`loadSynthesiser` brings back what makes customers',
    })
  }
  return found.restore(saved)
}
