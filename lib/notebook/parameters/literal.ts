/** A value that a parameter can have. */
export type ParameterValue = string | number | boolean | null | readonly ParameterValue[]

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
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  return String(value)
}

/**
 * Reads what stands behind `-p name=` as the declared type wants it: text needs no quotes where a string is wanted.
 * Undefined where it cannot be read so.
 */
export function readValue(text: string, type: string): ParameterValue | undefined {
  const options = splitUnion(type)
  for (const option of options) {
    const value = readOption(text, option)
    if (value !== undefined) return value
  }
  return undefined
}

function readOption(text: string, type: string): ParameterValue | undefined {
  switch (type) {
    case 'string':
      return text
    case 'number':
      return text.trim() !== '' && (!Number.isNaN(Number(text)) || text === 'NaN') ? Number(text) : undefined
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'null':
      return text === 'null' ? null : undefined
  }
  const quoted = /^(['"])(.*)\1$/.exec(type)
  if (quoted !== null) return text === quoted[2] ? text : undefined
  const element = /^(?:readonly\s+)?(\w+)\[\]$/.exec(type)?.[1]
  if (element !== undefined) return readList(text, element)
  return type !== '' && type === text && !Number.isNaN(Number(type)) ? Number(text) : undefined
}

function readList(text: string, element: string): ParameterValue | undefined {
  const parts = text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
  const values = parts.map(part => readOption(element === 'string' ? part.replace(/^(['"])(.*)\1$/, '$2') : part, element))
  return values.every(value => value !== undefined) ? values : undefined
}

/** Does a value have the declared type? */
export function hasType(value: ParameterValue, type: string): boolean {
  return splitUnion(type).some(option => {
    const element = /^(?:readonly\s+)?(\w+)\[\]$/.exec(option)?.[1]
    if (element !== undefined) return Array.isArray(value) && value.every((part: ParameterValue) => hasType(part, element))
    if (option === 'null') return value === null
    if (option === typeof value) return true
    return (
      (typeof value === 'string' && /^(['"])(.*)\1$/.exec(option)?.[2] === value) ||
      (typeof value === 'number' && option === String(value))
    )
  })
}

function splitUnion(type: string): string[] {
  return type
    .split('|')
    .map(option => option.trim())
    .filter(option => option !== '')
}
