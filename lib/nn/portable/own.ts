import { createHash } from 'node:crypto'
import { FormatError } from '../../errors/index.ts'
import type { Network, Weights } from '../network.ts'
import { readSealed, writeSealed, type Kind } from '../train/sealed.ts'
import { weightsOf } from './weights-of.ts'

const KIND: Kind = {
  format: 'clvlab-weights',
  version: 1,
  title: 'file of weights',
  remedy: 'give a file that `saveWeights` of this version wrote for this very network',
}

/**
 * Writes what a network has learnt, whole or not at all: `loadWeights` gives the same bits back to the same recipe of layers. Errors: `EngineError` for
 * weights of another network; the system's own.
 */
export async function saveWeights(file: string, network: Network, weights: Weights): Promise<void> {
  await writeSealed(file, KIND, { description: { network: recipeOf(network) }, arrays: weightsOf(network, weights) })
}

/**
 * What `saveWeights` wrote, bit for bit. Errors: `FormatError` with the code `missing`, `foreign` (no such file, or of another network), `newer-version`,
 * `truncated` or `damaged`.
 */
export async function loadWeights(file: string, network: Network): Promise<Weights> {
  const refuse = (code: string, what: string): FormatError => new FormatError({ code, what, where: file, remedy: KIND.remedy })
  const found = await readSealed(file, KIND)
  if (found === undefined) throw refuse('missing', 'there is no such file')
  if (found.description['network'] !== recipeOf(network)) throw refuse('foreign', 'the weights are of another network')
  return weightsOf(network, found.arrays)
}

/** Tells networks apart by what they compute. */
const recipeOf = (network: Network): string =>
  createHash('sha256')
    .update(JSON.stringify(network.prediction(1)))
    .digest('hex')
