import fs from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createInflateRaw } from 'node:zlib'
import { DataError } from '../../errors/index.ts'
import { firstBytes } from '../readers/unreadable.ts'
import { withFile } from './with-file.ts'

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]

/**
 * Writes the content of `source` to `target`: the entry called `name` of a zip, a gzip's content, or the file as it is. No more than
 * `bytes` are written, whatever the archive says, and no path in an archive is followed. Errors: `DataError`.
 */
export async function unpack(
  source: string,
  target: string,
  { name, bytes }: { readonly name: string; readonly bytes: number },
): Promise<void> {
  const start = await firstBytes(source, 4)
  const zip = start.length === 4 && start.readUInt32LE(0) === LOCAL
  const steps = zip
    ? entryOf(source, name)
    : { input: fs.createReadStream(source), method: start[0] === 0x1f && start[1] === 0x8b ? 'gzip' : 'stored' }
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
    await withFile(target, 'w', sink => {
      if (steps.method === 'stored') return pipeline(steps.input, bounded, sink)
      return pipeline(steps.input, steps.method === 'gzip' ? createGunzip() : createInflateRaw(), bounded, sink)
    })
  } catch (cause) {
    // A pipeline that is stopped may tell of its stop rather than of the reason.
    throw (
      excess ??
      new DataError({ code: 'damaged-archive', what: 'the archive is damaged', where: source, remedy: 'get it again', cause })
    )
  }
}

function entryOf(source: string, name: string): { readonly input: Readable; readonly method: string } {
  const handle = fs.openSync(source, 'r')
  try {
    const names: string[] = []
    for (const entry of entries(handle, source)) {
      names.push(entry.name)
      if (entry.name.split('/').at(-1)?.toLowerCase() !== name.toLowerCase()) continue
      if ((entry.flags & 1) !== 0 || (entry.method !== 0 && entry.method !== 8))
        throw damaged(source, `${entry.name} is encrypted or packed in a way that is not known here`)
      const local = read(handle, entry.offset, 30, source)
      if (local.readUInt32LE(0) !== LOCAL) throw damaged(source, 'an entry is not where the directory says')
      const from = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
      const input =
        entry.packed === 0 ? Readable.from([]) : fs.createReadStream(source, { start: from, end: from + entry.packed - 1 })
      return { input, method: entry.method === 0 ? 'stored' : 'deflate' }
    }
    throw new DataError({
      code: 'not-in-archive',
      what: `the archive does not hold ${name}`,
      where: `${source}: ${names.slice(0, 10).join(', ')}`,
      remedy: 'give the address of one that does',
    })
  } finally {
    fs.closeSync(handle)
  }
}

interface Entry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly packed: number
  readonly offset: number
}

/** The central directory (APPNOTE 4.3.12, without Zip64). */
function* entries(handle: number, source: string): Generator<Entry> {
  const { size } = fs.fstatSync(handle)
  const tail = read(handle, Math.max(0, size - 65_557), Math.min(size, 65_557), source)
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--
  if (end < 0) throw damaged(source, 'its directory is missing: it is truncated')
  const directory = read(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12), source)
  for (let at = 0, left = tail.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) throw damaged(source, 'its directory is broken')
    const nameLength = directory.readUInt16LE(at + 28)
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    }
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
}

function read(handle: number, position: number, length: number, source: string): Buffer {
  const { size } = fs.fstatSync(handle)
  if (position + length > size) throw damaged(source, 'it ends too early')
  const buffer = Buffer.alloc(length)
  fs.readSync(handle, buffer, 0, length, position)
  return buffer
}

const damaged = (source: string, why: string): DataError =>
  new DataError({ code: 'damaged-archive', what: `the zip cannot be read: ${why}`, where: source, remedy: 'get it again' })
