import { UsageError, nearest } from '../errors/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec, type OptionSpec } from './arguments.ts'
import { getSets, listSets, simulateSet } from './datasets-work.ts'
import type { Command, Io } from './io.ts'
import { withJsonErrors } from './json-errors.ts'

const SHARED = {
  folder: { value: 'DIR', about: 'the folder of data sets, each below its name; .cache/datasets unless given' },
  json: { about: 'writes the result to stdout as JSON, for programs' },
} as const satisfies Readonly<Record<string, OptionSpec>>

const LIST = {
  name: 'datasets list',
  summary: 'Lists the known data sets: licence, size, and whether the folder holds them (present, absent or damaged).',
  positionals: [],
  options: SHARED,
  examples: ['clvlab datasets', 'clvlab datasets list --folder ../shared/datasets --json'],
} as const satisfies CommandSpec

const GET = {
  name: 'datasets get',
  summary:
    'Gets a data set from its public source: checked against its SHA-256, whole or not at all; an interrupted download goes on.',
  positionals: ['NAME'],
  options: { ...SHARED, url: { value: 'ADDRESS', about: 'another address of its (first) file: plain, gzipped or in a zip' } },
  examples: ['clvlab datasets get cdnow', 'clvlab datasets get online-retail --url https://example.org/online_retail.csv.gz'],
} as const satisfies CommandSpec

const SIMULATE = {
  name: 'datasets simulate',
  summary: 'Simulates a shop with known truth. The same options give the same bytes; an earlier simulation there is replaced.',
  positionals: [],
  options: {
    ...SHARED,
    customers: { value: 'NUMBER', about: 'customers born within the log; 14,000 unless given' },
    seed: { value: 'NUMBER', about: 'where all chance comes from' },
    process: { value: 'NAME', about: 'of purchases and dropout: pareto-nbd (unless given) or bg-nbd' },
    from: { value: 'DAY', about: 'first day of the log' },
    to: { value: 'DAY', about: 'first day not in the log' },
    cutoff: { value: 'DAY', about: 'the day for which the truth is stated' },
  },
  examples: ['clvlab datasets simulate', 'clvlab datasets simulate --customers 1000000 --seed 7 --folder /data'],
} as const satisfies CommandSpec

const ACTIONS: Readonly<Record<string, { readonly spec: CommandSpec; readonly run: Command }>> = {
  list: { spec: LIST, run: action(LIST, ({ folder, json }, _, io) => listSets({ folder, json }, io)) },
  get: { spec: GET, run: action(GET, ({ folder, json, url }, [name = ''], io) => getSets(name, { folder, json, url }, io)) },
  simulate: { spec: SIMULATE, run: action(SIMULATE, (values, _, io) => simulateSet(values, io)) },
}

/** `clvlab datasets [list|get NAME|simulate]`: exit code 0 done, 1 failed, 2 for a command line not understood. */
export const datasets: Command = async (argv, io) => await withJsonErrors(argv, io, async () => await chosenAction(argv, io))

const chosenAction: Command = async (argv, io) => {
  const [first] = argv
  if (first === '--help' || first === '-h') {
    io.stdout(
      Object.values(ACTIONS)
        .map(({ spec }) => helpText(spec))
        .join('\n\n'),
    )
    return 0
  }
  const named = first !== undefined && !first.startsWith('-')
  const name = named ? first : 'list'
  const chosen = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
  if (chosen !== undefined) return await chosen.run(named ? argv.slice(1) : argv, io)
  const near = nearest(name, Object.keys(ACTIONS))
  throw new UsageError({
    code: 'unknown-action',
    what: `datasets has no "${name}"${near === undefined ? '' : `; perhaps "${near}" is meant`}`,
    where: 'clvlab datasets',
    remedy: `one of ${Object.keys(ACTIONS).join(', ')}`,
  })
}

type Values<O extends Readonly<Record<string, OptionSpec>>> = ReturnType<typeof parseArguments<O>>['values']

function action<O extends Readonly<Record<string, OptionSpec>>>(
  spec: CommandSpec<O>,
  work: (values: Values<O>, positionals: readonly string[], io: Io) => Promise<number>,
): Command {
  return async (argv, io) => {
    const { values, positionals, help } = parseArguments(argv, spec)
    if (!help) return await work(values, requirePositionals(positionals, spec), io)
    io.stdout(helpText(spec))
    return 0
  }
}
