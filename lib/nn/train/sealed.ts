import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import { writeWhole } from '../../files/index.ts'
import { FormatError } from '../../errors/index.ts'
import { pack, unpack } from './packed.ts'

/** A kind of file: a line that says what it is, with the checksum of what follows; a line of JSON; floats. */
export interface Kind {
  /** The first word in it. */
  readonly format: string
  readonly version: number
  /** The oldest version that is read; the same unless given. */
  readonly oldest?: number
  /** For people: `checkpoint`. */
  readonly title: string
  /** What to do with a file that is refused. */
  readonly remedy: string
}

export interface Sealed {
  readonly description: Readonly<Record<string, unknown>>
  readonly arrays: Readonly<Record<string, Float32Array>>
}

/** Writes a file whole or not at all. Errors: the system's own. */
export async function writeSealed(file: string, { format, version }: Kind, { description, arrays }: Sealed): Promise<void> {
  const { bytes, places } = pack(arrays)
  const body = Buffer.concat([Buffer.from(`${JSON.stringify({ ...description, places })}\n`), bytes])
  const header = `${JSON.stringify({ format, version, bytes: body.length, sha256: checksum(body) })}\n`
  await writeWhole(file, Buffer.concat([Buffer.from(header), body]))
}

/**
 * What a file holds, undefined where there is none. Errors: `FormatError` with the code `foreign` (another kind of file), `newer-version`, `truncated` or
 * `damaged`; the system's own.
 */
export async function readSealed(
  file: string,
  { format, version, oldest = version, title, remedy }: Kind,
): Promise<Sealed | undefined> {
  const bytes = await fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (bytes === undefined) return undefined
  const refuse = (code: string, what: string): FormatError => new FormatError({ code, what, where: file, remedy })
  const end = bytes.indexOf(10)
  const header = parsed(bytes.subarray(0, Math.max(0, end)))
  if (header?.['format'] !== format) throw refuse('foreign', `this is no ${title} of clvlab`)
  if (!(Number(header['version']) >= oldest && Number(header['version']) <= version))
    throw refuse('newer-version', `the ${title} has version ${String(header['version'])}, not ${version}`)
  const body = bytes.subarray(end + 1)
  if (body.length < Number(header['bytes']))
    throw refuse('truncated', `the ${title} ends after ${body.length} of ${String(header['bytes'])} bytes`)
  if (body.length !== header['bytes'] || checksum(body) !== header['sha256'])
    throw refuse('damaged', `the ${title} is damaged: its checksum does not fit`)
  const line = body.indexOf(10)
  const { places, ...description } = parsed(body.subarray(0, line)) as { readonly places: Readonly<Record<string, number>> }
  return { description, arrays: unpack(body.subarray(line + 1), places) }
}

const checksum = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

function parsed(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line.toString('utf8')) as Record<string, unknown>
  } catch {
    return undefined
  }
}
