import { createHash } from 'node:crypto'
import { FormatError } from '../../errors/index.ts'
import type { SavedModel } from '../model.ts'
import { FORMAT, FORMAT_VERSION, type Description, type Header } from './format.ts'
import { toBytes } from './numbers.ts'

/** The bytes of a saved model. Errors: `FormatError` for a state that JSON would not keep. */
export function encodeModel({ model, version, state, arrays = {} }: SavedModel): Buffer {
  requireLossless(state, 'state')
  const named = Object.entries(arrays)
  const description: Description = {
    model,
    version,
    state,
    arrays: named.map(([name, values]) => ({
      name,
      type: values instanceof Float32Array ? 'float32' : 'float64',
      length: values.length,
    })),
  }
  const line = Buffer.from(`${JSON.stringify(description)}\n`)
  const numbers = Buffer.concat(named.map(([, values]) => toBytes(values)))
  const header: Header = {
    format: FORMAT,
    version: FORMAT_VERSION,
    sha256: createHash('sha256').update(line).update(numbers).digest('hex'),
    description: line.length,
    arrays: numbers.length,
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), line, numbers])
}

/** JSON drops what it cannot say: NaN, infinities, -0, undefined, and everything that is no plain data. */
function requireLossless(value: unknown, where: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) return
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) requireLossless(value[i], `${where}[${i}]`)
    return
  }
  if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)) {
    for (const [key, each] of Object.entries(value)) requireLossless(each, `${where}.${key}`)
    return
  }
  throw new FormatError({
    code: 'state-not-json',
    what: `${described(value)} cannot be kept exactly as JSON`,
    where,
    remedy: 'put numbers that are not finite, -0 and typed arrays under `arrays`, and leave out what is undefined',
  })
}

function described(value: unknown): string {
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'number' || value === undefined) return `${value}`
  return typeof value === 'object' ? `a ${value?.constructor.name}` : `a ${typeof value}`
}
