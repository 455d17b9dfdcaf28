import { hasType, parseType, split } from './type.ts'
import type { ParameterType } from './type.ts'

/** A value that a parameter can have. */
export type ParameterValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | readonly ParameterValue[]
  | { readonly [name: string]: ParameterValue }

/** A parameter as its cell declares it. */
export interface Parameter {
  readonly name: string
  /** The type as written, or as the default shows it. */
  readonly type: string
  /** The default as written. */
  readonly initial: string
}

/** Writes a value as TypeScript. NaN and the infinities are numbers too. */
export function literal(value: ParameterValue): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as Readonly<Record<string, ParameterValue>>).map(([name, each]) => {
      const key =
        name === '__proto__' ? `['${name}']` : /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : literal(name)
      return `${key}: ${literal(each)}`
    })
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
  }
  return Object.is(value, -0) ? '-0' : String(value)
}

/**
 * Reads what stands behind `-p name=` as the declared type wants it: text needs no quotes where a string is wanted, lists may be JSON or
 * parts between commas, objects are JSON, and `null` is null wherever the type has it. Undefined where it cannot be read so.
 */
export function readValue(text: string, type: string): ParameterValue | undefined {
  return read(text, parseType(type))
}

function read(text: string, type: ParameterType): ParameterValue | undefined {
  switch (type.kind) {
    case 'string':
      return text
    case 'number':
      return text.trim() !== '' && (!Number.isNaN(Number(text)) || text === 'NaN') ? Number(text) : undefined
    case 'bigint':
      return /^-?\d+n?$/.test(text) ? BigInt(text.replace('n', '')) : undefined
    case 'literal':
      return text === String(type.value) ? type.value : undefined
    case 'union':
      return readUnion(text, type.options)
    case 'list': {
      const value = fromJson(text, type)
      return value === undefined ? readParts(text, type.element) : value
    }
    default:
      return fromJson(text, type)
  }
}

/** What is told from text apart is tried before it; `"null"` in quotes is the text. */
function readUnion(text: string, options: readonly ParameterType[]): ParameterValue | undefined {
  const [texts, others] = [options.filter(({ kind }) => kind === 'string'), options.filter(({ kind }) => kind !== 'string')]
  for (const option of others) {
    const value = read(text, option)
    if (value !== undefined) return value
  }
  const [string] = texts
  return string === undefined ? undefined : (fromJson(text, string) ?? text)
}

function fromJson(text: string, type: ParameterType): ParameterValue | undefined {
  try {
    const value = JSON.parse(text) as ParameterValue
    return hasType(value, type) ? value : undefined
  } catch {
    return undefined
  }
}

function readParts(text: string, element: ParameterType): ParameterValue | undefined {
  const parts = split(text.replace(/^\[|\]$/g, ''), ',').filter(part => part !== '')
  const values = parts.map(part => read(isTextual(element) ? part.replace(/^(['"])(.*)\1$/, '$2') : part, element))
  return values.every(value => value !== undefined) ? values : undefined
}

function isTextual(type: ParameterType): boolean {
  return type.kind === 'union'
    ? type.options.some(isTextual)
    : type.kind === 'string' || (type.kind === 'literal' && typeof type.value === 'string')
}
