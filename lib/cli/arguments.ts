import { parseArgs } from 'node:util'
import { nearest, UsageError } from '../errors/index.ts'

/** An option of a command. With `value` it takes one, and `value` is how help calls it; without, it is a switch. */
export interface OptionSpec {
  readonly value?: string
  readonly about: string
}

/** How a command is called: what its arguments are parsed by and its help is written from. */
export interface CommandSpec<O extends Readonly<Record<string, OptionSpec>> = Readonly<Record<string, OptionSpec>>> {
  readonly name: string
  readonly summary: string
  /** Names of the positional arguments, in capitals. */
  readonly positionals: readonly string[]
  readonly options: O
  readonly examples: readonly string[]
}

type Values<O extends Readonly<Record<string, OptionSpec>>> = {
  readonly [K in keyof O]: O[K] extends { readonly value: string } ? string | undefined : boolean
}

export interface Arguments<O extends Readonly<Record<string, OptionSpec>>> {
  readonly values: Values<O>
  readonly positionals: readonly string[]
  readonly help: boolean
}

/**
 * Parses a command line. Errors: `UsageError` for an option that is not known (with the nearest), has no value, has one too
 * many or is given twice. Whether the positional arguments suffice is for `requirePositionals`.
 */
export function parseArguments<O extends Readonly<Record<string, OptionSpec>>>(
  argv: readonly string[],
  spec: CommandSpec<O>,
): Arguments<O> {
  const known: Readonly<Record<string, OptionSpec>> = { ...spec.options, help: { about: 'this text' } }
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        Object.entries(known).map(([name, { value }]) => [
          name,
          { type: value === undefined ? ('boolean' as const) : ('string' as const) },
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  })
  const given = new Map<string, string | boolean>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined
    if (option === undefined) throw unknownOption(token.rawName, spec.name, Object.keys(known))
    if (given.has(token.name)) throw usage(spec.name, 'option-twice', `--${token.name} is given twice`, 'give it once')
    if (option.value === undefined && token.value !== undefined)
      throw usage(spec.name, 'needless-value', `--${token.name} takes no value`, `write --${token.name} alone`)
    if (option.value !== undefined && (token.value === undefined || (!token.inlineValue && token.value.startsWith('--')))) {
      throw usage(spec.name, 'no-value', `--${token.name} needs a value`, `write --${token.name} ${option.value}`)
    }
    given.set(token.name, token.value ?? true)
  }
  const values = Object.fromEntries(
    Object.entries(spec.options).map(([name, { value }]) => [name, given.get(name) ?? (value === undefined ? false : undefined)]),
  )
  return { values: values as Values<O>, positionals, help: given.has('help') }
}

/** The positional arguments, exactly as many as the command has. Errors: `UsageError` that says which is missing or too many. */
export function requirePositionals(positionals: readonly string[], spec: CommandSpec): readonly string[] {
  const { length } = spec.positionals
  if (positionals.length < length)
    throw usage(spec.name, 'missing-argument', `${spec.positionals[positionals.length]} is missing`, usageLine(spec))
  if (positionals.length > length)
    throw usage(spec.name, 'needless-argument', `"${positionals[length]}" is one argument too many`, usageLine(spec))
  return positionals
}

/** What `--help` prints. */
export function helpText(spec: CommandSpec): string {
  const names = Object.entries(spec.options).map(
    ([name, { value, about }]) => [`--${name}${value === undefined ? '' : ` ${value}`}`, about] as const,
  )
  const width = Math.max(...names.map(([name]) => name.length))
  return (
    [
      `${usageLine(spec)}\n\n${spec.summary}`,
      names.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`).join('\n'),
      `examples:\n${spec.examples.map(each => `  ${each}`).join('\n')}`,
    ].join('\n\n') + '\n'
  )
}

function usageLine({ name, positionals, options }: CommandSpec): string {
  return ['clvlab', name, ...positionals, ...(Object.keys(options).length > 0 ? ['[options]'] : [])].join(' ')
}

function unknownOption(rawName: string, command: string, names: readonly string[]): UsageError {
  const near = nearest(rawName.replace(/^-+/, ''), names)
  return usage(
    command,
    'unknown-option',
    `there is no option ${rawName}${near === undefined ? '' : `; perhaps --${near} is meant`}`,
    `\`clvlab ${command} --help\` lists them`,
  )
}

function usage(command: string, code: string, what: string, remedy: string): UsageError {
  return new UsageError({ code, what, where: `clvlab ${command}`, remedy })
}
