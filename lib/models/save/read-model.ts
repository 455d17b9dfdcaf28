import fs from 'node:fs/promises'
import { FormatError } from '../../errors/index.ts'
import type { SavedModel } from '../model.ts'
import { decodeModel } from './decode.ts'

/**
 * Reads what `saveModel` wrote, bit for bit; `restoreModel` makes a fitted model of it. Errors: `FormatError` with the code
 * `missing`, `foreign`, `newer-version`, `truncated` or `damaged`.
 */
export async function readModel(file: string): Promise<SavedModel> {
  return decodeModel(await bytesOf(file), file)
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await fs.readFile(file)
  } catch (cause) {
    throw new FormatError({
      code: 'missing',
      what: 'the model file cannot be read',
      where: file,
      remedy: 'check the path',
      cause,
    })
  }
}
