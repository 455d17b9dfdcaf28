import { buildOutcome, buildTask, comparePredictions, type Foretold } from '../compare/index.ts'
import { CompareError, UsageError } from '../errors/index.ts'
import { allModels } from '../models/index.ts'
import { DISPLAY } from '../schema/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import type { Command, Io } from './io.ts'
import { withJsonErrors } from './json-errors.ts'
import { openEvents, tellRows } from './open-events.ts'
import { readPredictions, type ReadPredictions } from './read-predictions.ts'
import { refuseOver, sourcesOf } from './refuse-over.ts'
import { requireWritable } from './require-writable.ts'
import { parseHorizon, parseWhole, requireDay } from './values.ts'
import { writeRejected } from './write-rejected.ts'

const SPEC = {
  name: 'evaluate',
  summary:
    'Compares predictions with what happened: PREDICTIONS is a file that `clvlab predict` wrote (or one with its columns), EVENTS the\n' +
    'log, now grown past the horizon. The naive baselines always stand in the table.',
  positionals: ['PREDICTIONS', 'EVENTS'],
  options: {
    map: { value: 'NAME=COLUMN,…', about: 'which column of EVENTS holds customer, time and amount (or price and quantity)' },
    'time-format': { value: 'FORMAT', about: 'how its times are written where not as 2011-06-09 12:30:00: %d/%m/%Y' },
    cutoff: { value: 'DAY', about: 'where PREDICTIONS does not say it: its first day, YYYY-MM-DD' },
    horizon: { value: 'DAYS', about: 'where PREDICTIONS does not say it: 180d, 26w' },
    'observe-from': { value: 'DAY', about: 'where PREDICTIONS does not say it; the day of the first event unless given' },
    bootstrap: { value: 'NUMBER', about: 'resamples of customers for the intervals; 200 unless given, 0 for none' },
    rejected: { value: 'FILE', about: 'also writes every rejected row of EVENTS there, as FILE.csv: line, reason, row' },
    json: { about: 'writes the comparison to stdout, for programs' },
  },
  examples: [
    'clvlab evaluate clv.csv orders.csv --map customer=id,time=date,amount=total',
    'clvlab evaluate clv.parquet ../shared/datasets/online-retail --json',
  ],
} as const satisfies CommandSpec

/** `clvlab evaluate`: exit code 0 done, 1 when the two cannot be compared, 2 for a command line not understood. */
export const evaluate: Command = async (argv, io) =>
  await withJsonErrors(argv, io, async () => {
    const { values, positionals, help } = parseArguments(argv, SPEC)
    if (!help) return await work(values, positionals, io)
    io.stdout(helpText(SPEC))
    return 0
  })

type Values = ReturnType<typeof parseArguments<(typeof SPEC)['options']>>['values']

async function work(values: Values, positionals: readonly string[], io: Io): Promise<number> {
  const [file = '', events = ''] = requirePositionals(positionals, SPEC)
  const bootstrap = parseWhole(values.bootstrap ?? '200', '--bootstrap', 0, 100_000)
  const { rejected } = values
  if (rejected !== undefined) {
    requireWritable(rejected, ['csv'])
    refuseOver(rejected, [file, ...sourcesOf(events)], '--rejected')
  }
  const foretold = withWindows(await readPredictions(file), values)
  const first = foretold[0] as (typeof foretold)[number]
  const log = await openEvents(events, values)
  try {
    if (rejected !== undefined) await writeRejected(rejected, log)
    if (!values.json) await tellRows(log, io)
    const observeFrom = first.observeFrom ?? log.facts.firstDay
    const other = foretold.find(each => (each.observeFrom ?? log.facts.firstDay) !== observeFrom)
    if (other !== undefined)
      throw new CompareError({
        code: 'unequal-splits',
        what: `${first.model} observed from ${observeFrom}, ${other.model} from ${other.observeFrom}`,
        where: file,
        remedy: 'compare only what was cut alike',
      })
    const task = await buildTask(log, { observeFrom, cutoff: first.cutoff, horizon: first.horizon })
    const comparison = await comparePredictions(task, await buildOutcome(log, task), foretold, { bootstrap })
    io.stdout(values.json ? `${JSON.stringify(comparison)}\n` : `${String(comparison[DISPLAY]().data['text/plain'])}\n`)
    return 0
  } finally {
    log.close()
  }
}

/** Each model's days: those of the file, else those of the command line. Errors: `UsageError` where neither says, or both do and differ. */
function withWindows(
  read: readonly ReadPredictions[],
  values: Values,
): readonly (Foretold & { readonly observeFrom: string | undefined })[] {
  const asked = {
    cutoff: values.cutoff === undefined ? undefined : requireDay(values.cutoff, '--cutoff'),
    horizon: values.horizon === undefined ? undefined : parseHorizon(values.horizon),
    observeFrom: values['observe-from'] === undefined ? undefined : requireDay(values['observe-from'], '--observe-from'),
  }
  const titles = new Map(allModels().map(({ name, title }) => [name, title]))
  return read.map(({ model, predictions, ...said }) => {
    const cutoff = agreed(said.cutoff, asked.cutoff, '--cutoff', model)
    const horizon = agreed(said.horizon, asked.horizon, '--horizon', model)
    const observeFrom = agreed(said.observeFrom, asked.observeFrom, '--observe-from', model)
    if (cutoff === undefined || horizon === undefined) {
      throw new UsageError({
        code: 'no-window',
        what: `the predictions of ${model} do not say their ${cutoff === undefined ? 'cutoff' : 'horizon'}`,
        remedy: 'add --cutoff and --horizon',
      })
    }
    return { model, title: titles.get(model) ?? model, predictions, cutoff, horizon, observeFrom }
  })
}

function agreed<T>(said: T | undefined, asked: T | undefined, option: string, model: string): T | undefined {
  if (said === undefined || asked === undefined || said === asked) return said ?? asked
  throw new UsageError({
    code: 'other-window',
    what: `the predictions of ${model} say ${String(said)}, the command line ${String(asked)}`,
    where: option,
    remedy: `leave ${option} out, or predict again`,
  })
}
