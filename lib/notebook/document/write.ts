import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import type { Notebook } from './notebook.ts'
import { serialiseNotebook } from './serialise.ts'

/** Writes a notebook whole or not at all: to a name beside, to the disk, then over the old one. */
export async function writeNotebook(file: string, notebook: Notebook): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true })
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}.partial`)
  try {
    const handle = await fs.open(beside, 'w')
    try {
      await handle.writeFile(serialiseNotebook(notebook))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await fs.rename(beside, file)
  } catch (error) {
    await fs.rm(beside, { force: true })
    throw error
  }
}
