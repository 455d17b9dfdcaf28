import type { FittedModel } from './model.ts'
import { restoreModel } from './registry.ts'
import { readModel } from './save/index.ts'

/**
 * The fitted model that `saveModel` wrote to this file: the same predictions, bit for bit. Errors: `FormatError` with the code
 * `missing`, `foreign`, `newer-version`, `truncated` or `damaged` for the file, `unknown-model`, `version` or `damaged-state` for
 * a model that this version cannot bring back.
 */
export async function loadModel(file: string): Promise<FittedModel> {
  return restoreModel(await readModel(file))
}
