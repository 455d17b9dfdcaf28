import { FormatError } from '../../errors/index.ts'
import type { DeviceUse, Program } from '../../engine/index.ts'
import type { Weights } from '../../nn/index.ts'
import type { SavedModel } from '../model.ts'
import { snapshot } from '../saved-state.ts'
import type { Codec } from './codec.ts'

const VERSION = 2

export function savedGenerative(model: string, state: SavedModel['state'], weights: Weights): SavedModel {
  return snapshot({ model, version: VERSION, state, arrays: weights })
}

/** The state of a saved model. Errors: `FormatError` for another version, or a state that is not one. */
export function stateOf(saved: SavedModel): {
  readonly settings: unknown
  readonly codec: Codec
  readonly history: readonly unknown[]
  readonly device?: DeviceUse
} {
  if (saved.version !== VERSION) throw damaged(saved, `it is of version ${saved.version}, not ${VERSION}`)
  const { settings, codec, history, device } = saved.state as {
    settings?: unknown
    codec?: Partial<Codec>
    history?: unknown
    device?: DeviceUse
  }
  if (
    typeof settings !== 'object' ||
    settings === null ||
    !Array.isArray(codec?.features) ||
    !Array.isArray(codec.outcome) ||
    !Array.isArray(history)
  )
    throw damaged(saved, 'its state is not that of a generative model')
  return { settings, codec: codec as Codec, history: history as readonly unknown[], ...(device === undefined ? {} : { device }) }
}

/** The weights that a program needs. Errors: `FormatError` for one that is missing or of another length. */
export function weightsFor(saved: SavedModel, programs: readonly Program[]): Weights {
  for (const { parameters, steps } of programs) {
    for (const { name, step } of parameters) {
      const wanted = (steps[step]?.shape ?? []).reduce<number>((all, dim) => all * (dim as number), 1)
      const values = saved.arrays?.[name]
      if (!(values instanceof Float32Array) || values.length !== wanted)
        throw damaged(saved, `the weights "${name}" are missing or are not ${wanted} floats`)
    }
  }
  return saved.arrays as Weights
}

function damaged({ model }: SavedModel, why: string): FormatError {
  return new FormatError({
    code: 'damaged-model',
    what: `the saved "${model}" cannot be restored: ${why}`,
    remedy: 'fit and save the model again',
  })
}
