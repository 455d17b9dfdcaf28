import { FormatError } from '../../errors/index.ts'
import type { Weights } from '../../nn/index.ts'
import type { SavedModel } from '../model.ts'
import { classifier } from './body.ts'
import type { DnnState } from './dnn-state.ts'
import { fittedDnn, type FittedDnn } from './fitted-dnn.ts'
import { DNN_VERSION } from './save-dnn.ts'

/** The same predictions, bit for bit. Errors: `FormatError` for another version, or weights that do not fit the network. */
export function restoreDnn(saved: SavedModel): FittedDnn {
  if (saved.version !== DNN_VERSION) throw damaged(saved, `it is of version ${saved.version}, not ${DNN_VERSION}`)
  const rest = saved.state as unknown as Omit<DnnState, 'name' | 'weights'>
  if (!Array.isArray(rest.layout) || typeof rest.settings !== 'object' || typeof rest.scale !== 'object' || !(rest.trained > 0))
    throw damaged(saved, 'its state is not that of a network')
  const program = classifier(rest.layout.length, rest.settings).prediction(1)
  const weights = (part: string): Weights =>
    Object.fromEntries(
      program.parameters.map(({ name, step }) => {
        const values = saved.arrays?.[`${part}/${name}`]
        const wanted = (program.steps[step]?.shape ?? []).reduce<number>((all, dim) => all * (dim as number), 1)
        if (!(values instanceof Float32Array) || values.length !== wanted)
          throw damaged(saved, `the weights "${part}/${name}" are missing or are not ${wanted} floats`)
        return [name, values]
      }),
    )
  return fittedDnn({ ...rest, name: saved.model, weights: { returns: weights('returns'), value: weights('value') } })
}

function damaged({ model }: SavedModel, why: string): FormatError {
  return new FormatError({
    code: 'damaged-model',
    what: `the saved "${model}" cannot be restored: ${why}`,
    remedy: 'fit and save the model again',
  })
}
