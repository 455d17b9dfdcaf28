import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { isGzip } from '../readers/unreadable.ts'

/** SHA-256 of a file; of its content where it is a gzip. Undefined when the gzip is damaged. Errors: `DataError` when it cannot be opened. */
export async function contentChecksum(file: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  const gzip = await isGzip(file)
  try {
    await (gzip ? pipeline(fs.createReadStream(file), createGunzip(), hash) : pipeline(fs.createReadStream(file), hash))
    return hash.digest('hex')
  } catch (error) {
    if (gzip) return undefined
    throw error
  }
}
