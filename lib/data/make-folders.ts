import fs from 'node:fs'
import path from 'node:path'
import { DataError } from '../errors/index.ts'

/**
 * Makes a folder and those above it, one after the other: Node's own way (`recursive`) never ends where the system says that a folder being made is
 * not there, as /proc does. Errors: `DataError` where the system refuses.
 */
export function makeFolders(folder: string): void {
  if (fs.existsSync(folder)) return
  const above = path.dirname(folder)
  if (above !== folder) makeFolders(above)
  try {
    fs.mkdirSync(folder)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return
    throw new DataError({
      code: 'cannot-write',
      what: `the folder cannot be written: ${(cause as Error).message}`,
      where: folder,
      remedy: 'choose a folder that can be written, on a disk with room',
      cause,
    })
  }
}
