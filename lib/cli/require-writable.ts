import fs from 'node:fs'
import path from 'node:path'
import { UsageError } from '../errors/index.ts'

/** Checks before any work is done that a file can be written there. Errors: `UsageError`. */
export function requireWritable(file: string): void {
  if (!/\.(csv|parquet)$/.test(file))
    throw new UsageError({
      code: 'unknown-ending',
      what: 'the ending says neither CSV nor Parquet',
      where: file,
      remedy: 'end the name in .csv or .parquet',
    })
  const folder = path.dirname(path.resolve(file))
  if (!fs.existsSync(folder))
    throw new UsageError({
      code: 'no-folder',
      what: 'there is no folder to write into',
      where: folder,
      remedy: `make it first: mkdir -p "${folder}"`,
    })
  if (!fs.statSync(folder).isDirectory())
    throw new UsageError({
      code: 'not-a-folder',
      what: 'there is a file where a folder should be',
      where: folder,
      remedy: 'choose another place',
    })
  if (!isWritable(folder))
    throw new UsageError({
      code: 'no-permission',
      what: 'you may not write into the folder',
      where: folder,
      remedy: 'choose another folder, or give yourself the right to write there',
    })
  if (fs.existsSync(file) && !fs.statSync(file).isFile())
    throw new UsageError({
      code: 'not-a-file',
      what: 'there is something that is no file',
      where: file,
      remedy: 'choose another name',
    })
}

function isWritable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}
