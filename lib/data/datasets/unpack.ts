import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { DataError } from '../../errors/index.ts'
import { isGzip } from '../readers/unreadable.ts'
import { withFile } from './with-file.ts'
import { isZip, zipEntry } from './zip.ts'

/**
 * Writes the content of `source` to `target`: the entry called `name` of a zip, a gzip's content, or the file as it is. No more than
 * `bytes` are written, whatever the archive says, and no path in an archive is followed. Errors: `DataError`.
 */
export async function unpack(
  source: string,
  target: string,
  { name, bytes }: { readonly name: string; readonly bytes: number },
): Promise<void> {
  const { input, inflate } = (await isZip(source))
    ? zipEntry(source, name)
    : { input: fs.createReadStream(source), inflate: (await isGzip(source)) ? createGunzip() : undefined }
  let written = 0
  let excess: DataError | undefined
  const bounded = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      written += chunk.length
      if (written > bytes) {
        excess = new DataError({
          code: 'too-large',
          what: `${name} unpacks to more than its ${bytes} bytes`,
          where: source,
          remedy: 'this is another file or a damaged one',
        })
        throw excess
      }
      yield chunk
    }
  }
  try {
    await withFile(target, 'w', sink =>
      inflate === undefined ? pipeline(input, bounded, sink) : pipeline(input, inflate, bounded, sink),
    )
  } catch (cause) {
    // A pipeline that is stopped may tell of its stop rather than of the reason.
    throw (
      excess ??
      new DataError({ code: 'damaged-archive', what: 'the archive is damaged', where: source, remedy: 'get it again', cause })
    )
  }
}
