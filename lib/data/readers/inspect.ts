import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { DataError } from '../../errors/index.ts'

/** What one pass over a text file tells before it is parsed. */
export interface FileFacts {
  /** SHA-256 of the unpacked content. */
  readonly checksum: string
  readonly bytes: number
  readonly header: string
}

/**
 * Reads a text file once, unpacking gzip: checksum and first line, and everything that makes the file unusable as
 * a whole. Errors: `DataError` for a missing file, a folder, an empty file, a truncated or damaged gzip, bytes that are not
 * UTF-8, a NUL byte, quotes that do not close. A single unusable row is not an error here; it becomes a rejected row.
 */
export async function inspect(file: string): Promise<FileFacts> {
  const gzip = await isGzip(file)
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let lines = 1
  let quotes = 0
  let lastQuoteLine = 0
  let header = ''
  let headerDone = false

  const check = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      let text: string
      try {
        text = decoder.decode(chunk, { stream: true })
      } catch {
        throw new DataError({
          code: 'bad-utf8', what: 'the file holds bytes that are not UTF-8', where: `${file}, at or after line ${lines}`,
          remedy: `convert it, for example with iconv -f WINDOWS-1252 -t UTF-8 "${file}"`,
        })
      }
      if (!headerDone) {
        header += text
        const end = header.indexOf('\n')
        headerDone = end >= 0
        if (headerDone) header = header.slice(0, end)
      }
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i]
        if (byte === 10) lines++
        else if (byte === 34) {
          quotes++
          lastQuoteLine = lines
        } else if (byte === 0) {
          throw new DataError({ code: 'nul-byte', what: 'the file holds a NUL byte', where: `${file}, line ${lines}`, remedy: 'it is no text file, or it is damaged; export it again as UTF-8 text' })
        }
      }
    }
  }

  try {
    await (gzip ? pipeline(fs.createReadStream(file), createGunzip(), check) : pipeline(fs.createReadStream(file), check))
  } catch (cause) {
    if (cause instanceof DataError) throw cause
    throw unreadable(file, gzip, lines, cause)
  }
  if (bytes === 0) throw new DataError({ code: 'empty-file', what: 'the file is empty', where: file, remedy: 'give a file with a header line and events' })
  if (quotes % 2 === 1) {
    throw new DataError({ code: 'broken-quoting', what: 'a quoted field does not close', where: `${file}, the last quote stands on line ${lastQuoteLine}`, remedy: 'close the quote, or write a quote inside a field as two' })
  }
  return { checksum: hash.digest('hex'), bytes, header: header.replace(/^\uFEFF/, '').replace(/\r$/, '') }
}

async function isGzip(file: string): Promise<boolean> {
  let handle: fs.promises.FileHandle
  try {
    handle = await fs.promises.open(file)
  } catch (cause) {
    throw unreadable(file, false, 0, cause)
  }
  try {
    if ((await handle.stat()).isDirectory()) throw new DataError({ code: 'is-a-folder', what: 'this is a folder, not a file', where: file, remedy: 'name the file in it' })
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

function unreadable(file: string, gzip: boolean, line: number, cause: unknown): DataError {
  const { code } = cause as { code?: string }
  if (code === 'ENOENT') return new DataError({ code: 'no-such-file', what: 'there is no such file', where: file, remedy: 'check the path', cause })
  if (code === 'EACCES') return new DataError({ code: 'no-permission', what: 'the file may not be read', where: file, remedy: 'give yourself the right to read it', cause })
  if (gzip) {
    const what = code === 'Z_BUF_ERROR' ? 'the gzip file ends too early: it is truncated' : 'the gzip file is damaged'
    return new DataError({ code: code === 'Z_BUF_ERROR' ? 'truncated-gzip' : 'damaged-gzip', what, where: `${file}, after line ${line} of its content`, remedy: 'get the file again', cause })
  }
  return new DataError({ code: 'unreadable', what: `the file cannot be read: ${String(cause)}`, where: file, remedy: 'check the file and its disk', cause })
}
