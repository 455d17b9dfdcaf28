import { FormatError } from '../errors/index.ts'
import type { SavedModel } from './model.ts'

/** Errors: `FormatError` when something else was saved, or by another version. */
export function requireVersion({ model, version }: SavedModel, expected: string, wanted: number): void {
  if (model === expected && version === wanted) return
  throw new FormatError({
    code: 'version',
    what: `a saved ${model} of version ${version}, where a ${expected} of version ${wanted} is wanted`,
    remedy: 'load it with the version of clvlab that wrote it',
  })
}

/** Errors: `FormatError` that says which part of the state is not what was saved. */
export function requireState(good: boolean, { model }: SavedModel, where: string, wanted: string): void {
  if (good) return
  throw new FormatError({
    code: 'damaged-state',
    what: `the saved ${model} does not hold ${wanted}`,
    where: `state.${where}`,
    remedy: 'fit and save the model again',
  })
}

/** A copy of its own of what is saved: whoever changes it does not change the model. */
export function snapshot(saved: SavedModel): SavedModel {
  return structuredClone(saved)
}

/** Finite numbers, `length` of them where it is given. */
export function isNumbers(value: unknown, length?: number): value is readonly number[] {
  return Array.isArray(value) && (length === undefined || value.length === length) && value.every(each => Number.isFinite(each))
}
