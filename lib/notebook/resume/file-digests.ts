import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** A folder with more files than this is not read: whatever hangs on it counts as changed. */
const MOST_FILES = 10_000

/** Digests of files and folders, each read but once. */
export class FileDigests {
  readonly #known = new Map<string, string | undefined>()

  /** Names and contents of a file or of all files in a folder that `wanted` accepts; undefined where there are too many. */
  async of(target: string, wanted: (name: string) => boolean = () => true): Promise<string | undefined> {
    const known = this.#known.get(target)
    if (known !== undefined) return known
    const digest = await digestOf(target, wanted)
    this.#known.set(target, digest)
    return digest
  }
}

async function digestOf(target: string, wanted: (name: string) => boolean): Promise<string | undefined> {
  const hash = createHash('sha256')
  const files = filesIn(target, wanted)
  if (files === undefined) return undefined
  for (const file of files.sort()) {
    hash.update(`${path.relative(target, file)}\0`)
    for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer)
    hash.update('\0')
  }
  return hash.digest('hex')
}

function filesIn(target: string, wanted: (name: string) => boolean): string[] | undefined {
  const found: string[] = []
  const folders = [target]
  if (!fs.statSync(target).isDirectory()) return [target]
  for (const folder of folders) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
        folders.push(path.join(folder, entry.name))
      else if (entry.isFile() && wanted(entry.name)) found.push(path.join(folder, entry.name))
      if (found.length > MOST_FILES || folders.length > MOST_FILES) return undefined
    }
  }
  return found
}
