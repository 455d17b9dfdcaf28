import path from 'node:path'
import { NotebookError } from '../../errors/index.ts'
import { makeFolder, writeWhole } from '../../files/index.ts'
import type { Notebook } from './notebook.ts'
import { serialiseNotebook } from './serialise.ts'

/** Writes a notebook whole or not at all, into a folder that is made where it is not there. Errors: `NotebookError` `cannot-write`. */
export async function writeNotebook(file: string, notebook: Notebook): Promise<void> {
  try {
    await makeFolder(path.dirname(file))
    await writeWhole(file, serialiseNotebook(notebook))
  } catch (cause) {
    throw new NotebookError({
      code: 'cannot-write',
      what: `the notebook cannot be written: ${(cause as Error).message}`,
      where: file,
      remedy: 'choose another place, with room left; what was there stays',
      cause,
    })
  }
}
