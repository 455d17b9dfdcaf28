import fs from 'node:fs'
import { DataError } from '../../errors/index.ts'

/** Whether the file begins as gzip does. Errors: `DataError` for a missing file, a folder, a file that may not be read. */
export async function isGzip(file: string): Promise<boolean> {
  const start = await firstBytes(file, 2)
  return start[0] === 0x1f && start[1] === 0x8b
}

/** The first bytes of a file, fewer where it is shorter. Errors: as `isGzip`. */
export async function firstBytes(file: string, count: number): Promise<Buffer> {
  await refusePipe(file)
  try {
    const handle = await fs.promises.open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

/** A pipe would be waited for without a word, and a file is read more than once. What is not there at all is for others to name. */
async function refusePipe(file: string): Promise<void> {
  const stats = await fs.promises.stat(file).catch(() => undefined)
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return
  throw new DataError({
    code: 'not-a-file',
    what: `this is ${stats.isFIFO() ? 'a pipe' : 'a device or socket'}, not a file`,
    where: file,
    remedy: 'write its content to a file first, and give that',
  })
}

export function unreadable(file: string, cause: unknown): DataError {
  switch ((cause as { readonly code?: string }).code) {
    case 'ENOENT':
      return new DataError({ code: 'no-such-file', what: 'there is no such file', where: file, remedy: 'check the path', cause })
    case 'EISDIR':
      return new DataError({
        code: 'is-a-folder',
        what: 'this is a folder, not a file',
        where: file,
        remedy: 'name the file in it',
        cause,
      })
    case 'EACCES':
    case 'EPERM':
      return new DataError({
        code: 'no-permission',
        what: 'the file may not be read',
        where: file,
        remedy: 'give yourself the right to read it',
        cause,
      })
    default:
      return new DataError({
        code: 'unreadable',
        what: `the file cannot be read: ${String(cause)}`,
        where: file,
        remedy: 'check the file and its disk',
        cause,
      })
  }
}

/** What went wrong in unpacking, or undefined when it was not the unpacking. `line`: how far the content was read. */
export function damagedGzip(file: string, line: number, cause: unknown): DataError | undefined {
  const code = String((cause as { readonly code?: string }).code)
  if (!code.startsWith('Z_')) return undefined
  const truncated = code === 'Z_BUF_ERROR'
  return new DataError({
    code: truncated ? 'truncated-gzip' : 'damaged-gzip',
    what: truncated ? 'the gzip file ends too early: it is truncated' : 'the gzip file is damaged',
    where: `${file}, after line ${line} of its content`,
    remedy: 'get the file again',
    cause,
  })
}
