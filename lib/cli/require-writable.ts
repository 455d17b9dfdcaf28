import fs from 'node:fs'
import path from 'node:path'
import { UsageError } from '../errors/index.ts'

/** Checks before any work is done that a file can be written there; a link is followed. Errors: `UsageError`. */
export function requireWritable(file: string, endings: readonly string[] = ['csv', 'parquet']): void {
  if (endings.length > 0 && !endings.some(ending => file.endsWith(`.${ending}`)))
    throw new UsageError({
      code: 'unknown-ending',
      what: endings.length > 1 ? 'the ending says neither CSV nor Parquet' : 'the ending does not say CSV',
      where: file,
      remedy: `end the name in ${endings.map(ending => `.${ending}`).join(' or ')}`,
    })
  const link = fs.existsSync(file) ? undefined : linkAt(file)
  if (link !== undefined)
    throw new UsageError({
      code: 'dangling-link',
      what: 'the link points to nothing',
      where: `${file} -> ${link}`,
      remedy: 'name the file itself, or mend the link',
    })
  const folder = path.dirname(fs.existsSync(file) ? fs.realpathSync(file) : path.resolve(file))
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

/** What a link points to; undefined where there is none. */
function linkAt(file: string): string | undefined {
  try {
    return fs.readlinkSync(file)
  } catch {
    return undefined
  }
}

function isWritable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}
