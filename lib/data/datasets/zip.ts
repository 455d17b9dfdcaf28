import fs from 'node:fs'
import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { DataError } from '../../errors/index.ts'
import { firstBytes } from '../readers/unreadable.ts'

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]

/** Whether the file begins as a zip does. Errors: as `firstBytes`. */
export async function isZip(file: string): Promise<boolean> {
  const start = await firstBytes(file, 4)
  return start.length === 4 && start.readUInt32LE(0) === LOCAL
}

/** Whether a zip has an entry whose path ends in `name`. Errors: `DataError` where it is damaged. */
export function zipHolds(source: string, name: string): boolean {
  const handle = fs.openSync(source, 'r')
  try {
    return [...entries(handle, source)].some(entry => isAt(entry.name, name))
  } finally {
    fs.closeSync(handle)
  }
}

/** Where an entry's bytes come from and what they pass through. */
export interface ZipEntry {
  readonly input: Readable
  /** Absent for an entry that is stored as it is. */
  readonly inflate?: ReturnType<typeof createInflateRaw>
}

/**
 * The entry of a zip whose path ends in `name`, whatever its folder and its case. Errors: `DataError` where the zip is damaged, or
 * does not hold it.
 */
export function zipEntry(source: string, name: string): ZipEntry {
  const handle = fs.openSync(source, 'r')
  try {
    const names: string[] = []
    for (const entry of entries(handle, source)) {
      names.push(entry.name)
      if (!isAt(entry.name, name)) continue
      if ((entry.flags & 1) !== 0 || (entry.method !== 0 && entry.method !== 8))
        throw damaged(source, `${entry.name} is encrypted or packed in a way that is not known here`)
      const local = read(handle, entry.offset, 30, source)
      if (local.readUInt32LE(0) !== LOCAL) throw damaged(source, 'an entry is not where the directory says')
      const from = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
      const input =
        entry.packed === 0 ? Readable.from([]) : fs.createReadStream(source, { start: from, end: from + entry.packed - 1 })
      return entry.method === 0 ? { input } : { input, inflate: createInflateRaw() }
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

const isAt = (path: string, name: string): boolean => `/${path}`.toLowerCase().endsWith(`/${name}`.toLowerCase())

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
