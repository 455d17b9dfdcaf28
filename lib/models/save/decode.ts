import { createHash } from 'node:crypto'
import { FormatError } from '../../errors/index.ts'
import type { SavedModel } from '../model.ts'
import { FORMAT, FORMAT_VERSION, LONGEST_HEADER, type Description, type Header } from './format.ts'
import { fromBytes } from './numbers.ts'

/**
 * The saved model in these bytes. Errors: `FormatError` with the code `foreign`, `newer-version`, `truncated` or `damaged`;
 * `where` names the file.
 */
export function decodeModel(bytes: Buffer, where: string): SavedModel {
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf(10)
  const header = readHeader(bytes.subarray(0, Math.max(end, 0)).toString('utf8'), where)
  const body = bytes.subarray(end + 1)
  const expected = header.description + header.arrays
  if (body.length < expected) {
    throw new FormatError({
      code: 'truncated',
      what: `the model file ends after ${body.length} of ${expected} bytes`,
      where,
      remedy: 'copy it again, or fit and save the model again',
    })
  }
  const sha256 = createHash('sha256').update(body).digest('hex')
  if (body.length > expected || sha256 !== header.sha256) throw damaged(where, 'its checksum does not fit its content')
  const description = JSON.parse(body.subarray(0, header.description).toString('utf8')) as Description
  const { model, version, state } = description
  if (description.arrays.length === 0) return { model, version, state }
  return { model, version, state, arrays: readArrays(description, body.subarray(header.description), where) }
}

function readHeader(line: string, where: string): Header {
  const header = parsed(line)
  if (header?.format !== FORMAT) {
    throw new FormatError({
      code: 'foreign',
      what: 'this is no model file of clvlab',
      where,
      remedy: 'give a file that `saveModel` wrote',
    })
  }
  if (typeof header.version === 'number' && header.version > FORMAT_VERSION) {
    throw new FormatError({
      code: 'newer-version',
      what: `the model file has version ${header.version}, and this clvlab reads up to ${FORMAT_VERSION}`,
      where,
      remedy: 'load it with the version of clvlab that wrote it, or a newer one',
    })
  }
  const sizes = [header.description, header.arrays].every(each => Number.isSafeInteger(each) && (each as number) >= 0)
  if (header.version !== FORMAT_VERSION || !sizes || typeof header.sha256 !== 'string')
    throw damaged(where, 'its first line lacks what it must say')
  return header as Header
}

function parsed(line: string): Partial<Header> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function readArrays(
  { arrays }: Description,
  bytes: Buffer,
  where: string,
): Readonly<Record<string, Float32Array | Float64Array>> {
  let at = 0
  return Object.fromEntries(
    arrays.map(({ name, type, length }) => {
      const size = length * (type === 'float32' ? 4 : 8)
      if (at + size > bytes.length) throw damaged(where, `the array "${name}" reaches beyond its end`)
      const values = fromBytes(type, bytes.subarray(at, at + size))
      at += size
      return [name, values]
    }),
  )
}

function damaged(where: string, how: string): FormatError {
  return new FormatError({
    code: 'damaged',
    what: `the model file is damaged: ${how}`,
    where,
    remedy: 'copy it again, or fit and save the model again',
  })
}
