import path from 'node:path'
import { makeFolder, writeWhole } from '../../files/index.ts'
import type { Notebook } from './notebook.ts'
import { serialiseNotebook } from './serialise.ts'

/** Writes a notebook whole or not at all, into a folder that is made where it is not there. */
export async function writeNotebook(file: string, notebook: Notebook): Promise<void> {
  await makeFolder(path.dirname(file))
  await writeWhole(file, serialiseNotebook(notebook))
}
