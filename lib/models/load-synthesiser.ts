import { restoreSynthesiser, type FittedGan, type FittedVae } from './generative/index.ts'
import { readModel } from './save/index.ts'

/**
 * The fitted maker of customers that `saveModel` wrote to this file: the same customers for the same seed, bit for bit. Errors: `FormatError` as for
 * `loadModel`, and `damaged-model` for a model that makes none.
 */
export async function loadSynthesiser(file: string): Promise<FittedGan | FittedVae> {
  return restoreSynthesiser(await readModel(file))
}
