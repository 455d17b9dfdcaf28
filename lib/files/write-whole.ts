import fs from 'node:fs/promises'

/**
 * Writes a file whole or not at all: under a temporary name beside it, to the disk, then over what was there. Errors: the system's own; what was
 * there stays, and nothing is left beside it.
 */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const part = `${file}.${process.pid}.part`
  try {
    const handle = await fs.open(part, 'w')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await fs.rename(part, file)
  } catch (error) {
    await fs.rm(part, { force: true })
    throw error
  }
}
