import path from 'node:path'
import { alignPredictions, buildTask, type SplitTask, type TaskOptions } from '../compare/index.ts'
import type { EventLog } from '../data/index.ts'
import { describeUse, deviceName, loadDevice, type DeviceName, type DeviceUse } from '../engine/index.ts'
import { ClvError, FormatError, UsageError } from '../errors/index.ts'
import { coreFeatures, withWeeks } from '../features/index.ts'
import { allModels, modelNamed, models, type Model } from '../models/index.ts'
import { Seed } from '../numeric/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import type { Command, Io } from './io.ts'
import { withJsonErrors } from './json-errors.ts'
import { count, counted, openEvents, quietDays, tellRows, windowsOf } from './open-events.ts'
import { refuseOver, sourcesOf } from './refuse-over.ts'
import { requireWritable } from './require-writable.ts'
import { parseWhole } from './values.ts'
import { writePredictions, type ModelPredictions } from './write-predictions.ts'
import { writeRejected } from './write-rejected.ts'

const SPEC = {
  name: 'predict',
  summary:
    'Fits models to what lies before the cutoff and writes, for each customer with a purchase there and each model, the expected\n' +
    'spend (gross of returns), the probability of a purchase and the expected purchase days within the horizon. What a model does\n' +
    'not say is left empty. EVENTS is a CSV (also gzipped) or Parquet file, or the folder of a known data set. Times without a\n' +
    'zone, and days, are UTC.',
  positionals: ['EVENTS'],
  options: {
    map: { value: 'NAME=COLUMN,…', about: 'which column holds customer, time and amount (or price and quantity)' },
    'time-format': { value: 'FORMAT', about: 'how its times are written where not as 2011-06-09 12:30:00: %d/%m/%Y' },
    cutoff: { value: 'DAY', about: 'first day that is not seen, YYYY-MM-DD' },
    horizon: { value: 'DAYS', about: 'how far to look ahead: 180d, 26w' },
    model: { value: 'NAME,…', about: 'models to fit, or all for the usual ones' },
    out: { value: 'FILE', about: 'where to write: FILE.csv or FILE.parquet' },
    'observe-from': { value: 'DAY', about: 'first day that counts; the day of the first event unless given' },
    seed: { value: 'NUMBER', about: 'for models that learn; 1 unless given' },
    device: {
      value: 'NAME',
      about: 'where networks are trained: wasm unless given, tensorflow, webgpu, or auto for the fastest (`clvlab doctor`)',
    },
    checkpoints: {
      value: 'FOLDER',
      about: 'where networks keep their last epoch, to go on from when the command is given again',
    },
    'list-models': { about: 'lists the models and ends' },
    rejected: { value: 'FILE', about: 'also writes every rejected row of EVENTS there, as FILE.csv: line, reason, row' },
    json: { about: 'writes what was done to stdout, for programs' },
  },
  examples: [
    'clvlab predict orders.csv --map customer=id,time=date,amount=total --cutoff 2011-06-09 --horizon 180d --model all --out clv.csv',
    'clvlab predict orders.parquet --map customer=id,time=at,price=unit,quantity=n --cutoff 2024-01-01 --horizon 26w --model two-stage,bg-nbd --out clv.parquet',
    'clvlab predict --list-models',
  ],
} as const satisfies CommandSpec

/** `clvlab predict`: exit code 0 done, 1 when nothing or a named model could not be fitted, 2 for a command line not understood. */
export const predict: Command = async (argv, io) =>
  await withJsonErrors(argv, io, async () => {
    const { values, positionals, help } = parseArguments(argv, SPEC)
    if (!help && !values['list-models']) return await work(values, positionals, io)
    if (help) io.stdout(helpText(SPEC))
    else listModels(values.json, io)
    return 0
  })

type Values = ReturnType<typeof parseArguments<(typeof SPEC)['options']>>['values']

interface Unfitted {
  readonly model: string
  readonly reason: string
}

async function work(values: Values, positionals: readonly string[], io: Io): Promise<number> {
  const [events = ''] = requirePositionals(positionals, SPEC)
  const { model: names, out } = values
  if (names === undefined) throw missing('--model', 'name models, or say all; `clvlab predict --list-models` lists them')
  if (out === undefined) throw missing('--out', 'write --out FILE.csv or --out FILE.parquet')
  const asked = [...new Set(names.split(',').map(name => name.trim()))].filter(name => name !== '')
  if (asked.length === 0) throw missing('--model', 'name models, or say all; `clvlab predict --list-models` lists them')
  const all = asked.includes('all')
  const named = asked.filter(name => name !== 'all').map(modelNamed)
  const wanted = all ? [...models(), ...named.filter(({ name }) => !models().some(model => model.name === name))] : named
  const seed = parseWhole(values.seed ?? '1', '--seed', -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  const device = values.device === undefined ? undefined : deviceName(values.device)
  if (device !== undefined && device !== 'auto') await loadDevice(device)
  requireWritable(out)
  refuseOver(out, sourcesOf(events))
  const { rejected } = values
  if (rejected !== undefined) {
    requireWritable(rejected, ['csv'])
    refuseOver(rejected, [...sourcesOf(events), out], '--rejected')
  }
  const log = await openEvents(events, values)
  try {
    const windows = windowsOf(log, values)
    if (rejected !== undefined) await writeRejected(rejected, log)
    if (!values.json) await tellRows(log, io)
    const quiet = quietDays(log, windows.cutoff)
    if (quiet !== undefined) io.stderr(`note: ${quiet}\n`)
    const weekly = wanted.some(({ family }) => family === 'sequence')
    const task = await buildTask(log, weekly ? { ...windows, features: withWeeks(coreFeatures) } : windows)
    if (!values.json) tellCustomers(log, task, io)
    const { fitted, unfitted, devices } = await fitAll(
      wanted,
      task,
      windows,
      { seed, device, checkpoints: values.checkpoints },
      io,
    )
    tellUnfitted(unfitted, io)
    const done = fitted.length > 0 && (all || unfitted.length === 0)
    const rows = done ? await writePredictions(out, fitted) : 0
    io.stderr(
      done
        ? `${counted(rows, 'row')} of ${counted(fitted.length, 'model')} written to ${out}\n`
        : `${all ? 'no model could be fitted' : 'a named model could not be fitted'}: nothing was written\n`,
    )
    if (values.json)
      io.stdout(
        `${JSON.stringify(await summary(log, task, { fitted, unfitted, devices, quiet, seed, rows, out: done ? out : null }))}\n`,
      )
    return done ? 0 : 1
  } finally {
    log.close()
  }
}

interface Training {
  readonly seed: number
  readonly device: DeviceName | 'auto' | undefined
  readonly checkpoints: string | undefined
}

/** Fits one after the other; one that cannot be fitted, or gives no finite numbers, is named with its reason. */
async function fitAll(
  wanted: readonly Model[],
  task: SplitTask,
  { observeFrom, cutoff, horizon }: Required<TaskOptions>,
  { seed, device, checkpoints }: Training,
  io: Io,
) {
  const fitted: ModelPredictions[] = []
  const unfitted: Unfitted[] = []
  const devices = new Map<string, DeviceUse>()
  for (const [i, model] of wanted.entries()) {
    if (io.isTTY) io.stderr(`fitting ${model.title} (${i + 1} of ${wanted.length})\n`)
    try {
      const own = {
        seed: Seed.of(seed).child(model.name),
        ...(device === undefined ? {} : { device }),
        ...(checkpoints === undefined ? {} : { checkpoints: path.join(checkpoints, model.name) }),
      }
      const trained = await model.fit(task, own)
      const predictions = trained.predict(task.customers, horizon)
      alignPredictions(task.customers.column('customer_id'), predictions, model.name)
      fitted.push({ model: model.name, predictions, observeFrom, cutoff, horizon })
      if (trained.device !== undefined) {
        devices.set(model.name, trained.device)
        io.stderr(`${model.name} was trained on ${describeUse(trained.device)}\n`)
      }
    } catch (error) {
      if (!(error instanceof ClvError)) throw error
      unfitted.push({ model: model.name, reason: reasonOf(error) })
    }
  }
  return { fitted, unfitted, devices }
}

/** In one line; of a file that is refused, with its path. */
function reasonOf(error: ClvError): string {
  const { what, where, remedy } = error
  return [
    error instanceof FormatError && where !== undefined ? `${what} (${where})` : what,
    ...(remedy === undefined ? [] : [remedy]),
  ].join('; ')
}

interface Done {
  readonly fitted: readonly ModelPredictions[]
  readonly unfitted: readonly Unfitted[]
  /** What networks were trained on, where a device was asked for. */
  readonly devices: ReadonlyMap<string, DeviceUse>
  readonly quiet: string | undefined
  readonly seed: number
  readonly rows: number
  /** Null when nothing was written. */
  readonly out: string | null
}

async function summary(
  log: EventLog,
  task: SplitTask,
  { fitted, unfitted, devices, quiet, seed, rows, out }: Done,
): Promise<unknown> {
  const { facts } = log
  const firsts = await log.firstRejected()
  const rejected = facts.counts.rejected.map(each => ({ ...each, first: firsts.find(({ reason }) => reason === each.reason) }))
  return {
    events: {
      source: facts.source,
      sha256: facts.checksum,
      firstDay: facts.firstDay,
      lastDay: facts.lastDay,
      ...facts.counts,
      rejected,
    },
    windows: task.windows,
    customers: { predicted: task.customers.length, withoutRow: facts.customers - task.customers.length },
    notes: quiet === undefined ? [] : [quiet],
    seed,
    fitted: fitted.map(({ model, predictions }) => ({
      model,
      rows: predictions.length,
      value: total(predictions.column('value')),
      buyers: total(predictions.column('probability')),
      ...(devices.has(model) ? { device: devices.get(model) } : {}),
    })),
    unfitted,
    out,
    rows,
  }
}

/** The sum over customers; null for what the model does not say. */
function total(column: readonly (number | null)[]): number | null {
  return column[0] === null ? null : Array.from(column).reduce<number>((sum, each) => sum + (each ?? 0), 0)
}

function tellCustomers({ facts }: EventLog, { customers, windows }: SplitTask, io: Io): void {
  const without = facts.customers - customers.length
  const { observeFrom, cutoff } = windows.observed
  io.stderr(
    `${counted(customers.length, 'customer')}${without === 0 ? '' : `; ${count(without)} more have no row: no purchase from ${observeFrom} up to the cutoff ${cutoff}`}\n`,
  )
}

/** Each reason once: a set that is too small is too small for many. */
function tellUnfitted(unfitted: readonly Unfitted[], io: Io): void {
  for (const reason of new Set(unfitted.map(each => each.reason))) {
    const names = unfitted.filter(each => each.reason === reason).map(({ model }) => model)
    io.stderr(`cannot be fitted: ${names.join(', ')}\n  reason: ${reason}\n`)
  }
}

function listModels(json: boolean, io: Io): void {
  const usual = new Set(models().map(({ name }) => name))
  const list = allModels().map(({ name, title, family }) => ({ name, title, family, all: usual.has(name) }))
  const width = Math.max(...list.map(({ name }) => name.length))
  io.stdout(
    json
      ? `${JSON.stringify(list)}\n`
      : list
          .map(
            ({ name, title, family, all }) =>
              `${name.padEnd(width)}  ${title} (${family}${all ? '' : ', not among `all`: slower'})\n`,
          )
          .join(''),
  )
}

function missing(option: string, remedy: string): UsageError {
  return new UsageError({ code: 'missing-option', what: `${option} is missing`, where: 'clvlab predict', remedy })
}
