import { writeWhole } from '../../files/index.ts'
import type { FittedModel, SavedModel } from '../model.ts'
import { encodeModel } from './encode.ts'

/**
 * Writes a fitted model, or what it saved, to one file: a line of JSON with format, version, checksum and sizes; a line of JSON with the model's
 * name, version and state; then the numbers of its arrays, exact, lowest byte first. Whole or not at all: written beside
 * under a temporary name, synchronised, renamed. Errors: `FormatError` for a state that JSON would not keep; the system's own.
 */
export async function saveModel(file: string, model: FittedModel | SavedModel): Promise<void> {
  await writeWhole(file, encodeModel('save' in model ? model.save() : model))
}
