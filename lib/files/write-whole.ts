import fs from 'node:fs/promises'
import { existsSync, realpathSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Writes a file whole or not at all: under a temporary name beside it, to the disk, then over what was there. A link stays one, and what it
 * points to is replaced; who may read and write it stays too. Errors: the system's own; what was there stays, and nothing is left beside it.
 */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  await fillWhole(file, async part => await fs.writeFile(part, content))
}

/** As `writeWhole`, where `fill` writes the file under the name it is given, as programs do that write files themselves; its ending is that of `file`. */
export async function fillWhole(file: string, fill: (part: string) => void | Promise<void>): Promise<void> {
  const target = existsSync(file) ? realpathSync(file) : path.resolve(file)
  const part = path.join(path.dirname(target), `.clvlab-${process.pid}-${path.basename(target)}`)
  const remove = (): void => rmSync(part, { force: true })
  process.once('exit', remove)
  try {
    await fill(part)
    const written = await fs.open(part, 'r+')
    try {
      if (existsSync(target)) await written.chmod(statSync(target).mode & 0o777)
      await written.sync()
    } finally {
      await written.close()
    }
    await fs.rename(part, target)
  } finally {
    process.off('exit', remove)
    remove()
  }
}
