/** A type as a parameter's declaration writes it, as far as values can be held against it without a compiler. */
export type ParameterType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'bigint' | 'null' | 'any' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly element: ParameterType }
  | { readonly kind: 'tuple'; readonly elements: readonly ParameterType[] }
  | {
      readonly kind: 'object'
      readonly members: ReadonlyMap<string, { readonly type: ParameterType; readonly isOptional: boolean }>
    }
  | { readonly kind: 'record'; readonly element: ParameterType }
  | { readonly kind: 'union'; readonly options: readonly ParameterType[] }

/** Reads a type. One that is not known here, as an alias, is `any`: the compiler holds the value against it when its cell runs. */
export function parseType(text: string): ParameterType {
  const type = text.trim()
  const options = split(type, '|').filter(option => option !== '')
  if (options.length > 1) return { kind: 'union', options: options.map(parseType) }
  const [option = type] = options
  if (option !== type) return parseType(option)
  if (/^(?:string|number|boolean|bigint|null)$/.test(type)) return { kind: type as 'string' }
  const quoted = /^(['"`])(.*)\1$/.exec(type)
  if (quoted !== null) return { kind: 'literal', value: quoted[2] as string }
  if (type === 'true' || type === 'false') return { kind: 'literal', value: type === 'true' }
  if (/^-?[\d.]/.test(type) && !Number.isNaN(Number(type))) return { kind: 'literal', value: Number(type) }
  if (type.startsWith('readonly ')) return parseType(type.slice('readonly '.length))
  if (type.endsWith('[]')) return { kind: 'list', element: parseType(type.slice(0, -2)) }
  const generic = /^(Array|ReadonlyArray|Record|Readonly)<(.*)>$/s.exec(type)
  if (generic !== null) return parseGeneric(generic[1] as string, split(generic[2] as string, ','))
  if (type.startsWith('(') && type.endsWith(')')) return parseType(type.slice(1, -1))
  if (type.startsWith('[') && type.endsWith(']'))
    return {
      kind: 'tuple',
      elements: split(type.slice(1, -1), ',')
        .filter(element => element !== '')
        .map(parseType),
    }
  return type.startsWith('{') && type.endsWith('}') ? parseObject(type.slice(1, -1)) : { kind: 'any' }
}

/** Is a value of a type? */
export function hasType(value: unknown, type: ParameterType): boolean {
  switch (type.kind) {
    case 'any':
      return true
    case 'null':
      return value === null
    case 'literal':
      return value === type.value
    case 'union':
      return type.options.some(option => hasType(value, option))
    case 'list':
      return Array.isArray(value) && value.every(each => hasType(each, type.element))
    case 'tuple':
      return (
        Array.isArray(value) && value.length === type.elements.length && type.elements.every((each, i) => hasType(value[i], each))
      )
    case 'record':
      return isObject(value) && Object.values(value).every(each => hasType(each, type.element))
    case 'object':
      return (
        isObject(value) &&
        Object.keys(value).every(name => type.members.has(name)) &&
        [...type.members].every(([name, member]) => (name in value ? hasType(value[name], member.type) : member.isOptional))
      )
    default:
      return typeof value === type.kind
  }
}

/** Splits at a sign, but not inside quotes and brackets. Trimmed. */
export function split(text: string, at: string): string[] {
  const parts: string[] = []
  let part = ''
  let depth = 0
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string
    if (quote !== '') {
      if (character === quote && text[i - 1] !== '\\') quote = ''
    } else if (/['"`]/.test(character)) quote = character
    else if (/[([{<]/.test(character)) depth++
    else if (/[)\]}]/.test(character) || (character === '>' && text[i - 1] !== '=')) depth--
    if (character === at && depth === 0 && quote === '') {
      parts.push(part.trim())
      part = ''
    } else part += character
  }
  return [...parts, part.trim()]
}

function parseGeneric(name: string, given: readonly string[]): ParameterType {
  if (name === 'Readonly') return parseType(given[0] ?? '')
  const element = parseType(given.at(-1) ?? '')
  return name === 'Record' ? { kind: 'record', element } : { kind: 'list', element }
}

function parseObject(inside: string): ParameterType {
  const members = split(inside.replaceAll(';', ','), ',').filter(member => member !== '')
  const parsed = members.map(member => /^(?:readonly\s+)?['"]?([\p{ID_Continue}$-]+)['"]?(\?)?\s*:\s*(.+)$/su.exec(member))
  if (parsed.some(member => member === null)) return { kind: 'any' }
  return {
    kind: 'object',
    members: new Map(
      parsed.map(member => {
        const [, name, optional, type] = member as unknown as [string, string, string | undefined, string]
        return [name, { type: parseType(type), isOptional: optional !== undefined }]
      }),
    ),
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
