import { createHash } from 'node:crypto'
import type { DeviceChoice } from '../engine/index.ts'
import { ClvError, CompareError } from '../errors/index.ts'
import type { CoreRow } from '../features/index.ts'
import { baselineModels, fitHere, fitInWorkers, type Fitters, type Model, type Predictions } from '../models/index.ts'
import { Seed } from '../numeric/index.ts'
import { alignOutcome, type Actual } from './align.ts'
import { Comparison, type Failure, type SplitFacts } from './comparison.ts'
import { crossValidate, folds, type CrossValidateOptions, type Fold } from './cross-validate.ts'
import { runsOf } from './runs.ts'
import { score, type Candidate } from './score.ts'
import type { SplitOutcome, SplitTask } from './task.ts'

export interface CompareOptions {
  /** Seeds for models that learn; a model that does not depend on its seed is run once. */
  readonly seeds?: readonly number[]
  /** Resamples of customers for the intervals; 0 for none. */
  readonly bootstrap?: number
  /** Folds of the cross-validation inside the training window; 0 for none. */
  readonly folds?: number
  /** For folds and resamples. */
  readonly seed?: number
  /** Threads that fit seeds and folds side by side; 1, the default, fits in this one. The results do not depend on it. */
  readonly workers?: number
  /**
   * Where networks are trained: `wasm`, the default, gives the same table on every machine; another device's name, and how far it is from `wasm`, stand
   * beneath the table.
   */
  readonly device?: DeviceChoice
  /** A folder in which each fit of a network keeps its last epoch: a comparison that was broken off, begun again, goes on from there. */
  readonly checkpoints?: string
  readonly onProgress?: (done: number, text: string) => void
  readonly signal?: AbortSignal
}

/**
 * Fits every model to the task, the baselines always among them, and judges all of them on the same customers, the same outcome
 * and the same resamples. A model that cannot be fitted is listed with its reason and does not stop the others.
 * Errors: `CompareError` when task and outcome are of unlike windows or customers.
 */
export async function compare<F extends CoreRow>(
  task: SplitTask<F>,
  outcome: SplitOutcome,
  models: readonly Model<F>[],
  options: CompareOptions = {},
): Promise<Comparison> {
  const {
    seeds = [1, 2, 3],
    bootstrap = 200,
    folds: count = 5,
    seed = 1,
    workers = 1,
    onProgress = () => {},
    signal,
    device,
    checkpoints,
  } = options
  if (seeds.length === 0) throw new CompareError({ code: 'no-seeds', what: 'no seed was given', remedy: 'give one seed or more' })
  const { split, actual } = judgedOn(task, outcome)
  const all = withBaselines(models)
  const parts = count === 0 ? [] : folds(task, count, Seed.of(seed).child('folds'))
  const candidates: Candidate[] = []
  const failures: Failure[] = []
  await using fitters = closing(workers > 1 ? fitInWorkers(workers) : fitHere)
  for (const [index, model] of all.entries()) {
    const fits = seeds.length + parts.length
    const fitting = (done: number): void => onProgress((0.9 * (index + done / fits)) / all.length, model.title)
    fitting(0)
    try {
      const runs = await runsOf(model, task, actual, { seeds, onProgress: fitting, signal, fitters, device, checkpoints })
      const onFold = (done: number): void => fitting(seeds.length + done)
      const cross = await crossValidated(model, task, parts, {
        seed: Seed.of(seed).child(model.name),
        onProgress: onFold,
        signal,
        fitters,
        device,
        checkpoints,
      })
      candidates.push({ model: model.name, title: model.title, family: model.family, runs, ...cross })
    } catch (error) {
      signal?.throwIfAborted()
      failures.push({ model: model.name, title: model.title, reason: reasonOf(error) })
    }
  }
  onProgress(0.9, 'intervals')
  const resampling = { resamples: bootstrap, seed: Seed.of(seed).child('bootstrap') }
  const scores = await score(candidates, actual, {
    ...resampling,
    signal,
    onResample: done => onProgress(0.9 + (0.1 * done) / bootstrap, 'intervals'),
  })
  return new Comparison({
    split,
    failures,
    outcome: outcome.rows,
    resampling,
    models: candidates.map((candidate, i) => ({ ...candidate, scores: scores[i] ?? {} })),
  })
}

/** Sends the workers home whatever happens. */
function closing(fitters: Fitters): Fitters & AsyncDisposable {
  return { ...fitters, [Symbol.asyncDispose]: fitters.close }
}

/** Predictions that were made elsewhere, such as read from a file. */
export interface Foretold {
  readonly model: string
  readonly title?: string
  readonly predictions: Predictions
  /** First day of what they foretell, and for how many days. Errors: `CompareError` unless they are the outcome's. */
  readonly cutoff: string
  readonly horizon: number
}

/**
 * Judges predictions that were made elsewhere, beside the baselines. Errors: `CompareError` for another cutoff, horizon or
 * population.
 */
export async function comparePredictions(
  task: SplitTask,
  outcome: SplitOutcome,
  foretold: readonly Foretold[],
  { bootstrap = 200, seed = 1 }: Pick<CompareOptions, 'bootstrap' | 'seed'> = {},
): Promise<Comparison> {
  const { split, actual } = judgedOn(task, outcome)
  for (const { model, cutoff, horizon } of foretold) requireWindow(outcome, { cutoff, horizon }, `what ${model} foretells`)
  const candidates: Candidate[] = []
  const failures: Failure[] = []
  for (const model of baselineModels.filter(({ name }) => foretold.every(each => each.model !== name))) {
    try {
      candidates.push({
        model: model.name,
        title: model.title,
        family: model.family,
        runs: await runsOf(model, task, actual, { seeds: [seed] }),
      })
    } catch (error) {
      failures.push({ model: model.name, title: model.title, reason: reasonOf(error) })
    }
  }
  candidates.push(
    ...foretold.map(({ model, title = model, predictions }): Candidate => ({
      model,
      title,
      family: 'given',
      runs: [{ seed, predictions }],
    })),
  )
  const resampling = { resamples: bootstrap, seed: Seed.of(seed).child('bootstrap') }
  const scores = await score(candidates, actual, resampling)
  return new Comparison({
    split,
    failures,
    outcome: outcome.rows,
    resampling,
    models: candidates.map((candidate, i) => ({ ...candidate, scores: scores[i] ?? {} })),
  })
}

/** Nothing without folds; a model that cannot be fitted to a fold keeps its place in the table, and the reason is said. */
async function crossValidated<F extends CoreRow>(
  model: Model<F>,
  task: SplitTask<F>,
  parts: readonly Fold<F>[],
  options: CrossValidateOptions,
): Promise<Pick<Candidate, 'folds' | 'foldFailure'>> {
  if (parts.length === 0) return {}
  try {
    return { folds: await crossValidate(model, task, parts, options) }
  } catch (error) {
    options.signal?.throwIfAborted()
    return { foldFailure: reasonOf(error) }
  }
}

/** The task's split and what happened in it. */
function judgedOn<F extends CoreRow>(
  task: SplitTask<F>,
  outcome: SplitOutcome,
): { readonly split: SplitFacts; readonly actual: Actual } {
  requireWindow(outcome, task.windows.outcome, 'the task')
  if (task.horizon !== outcome.window.horizon) {
    throw new CompareError({
      code: 'unequal-horizons',
      what: `the task foretells ${task.horizon} days, the outcome is of ${outcome.window.horizon}`,
      remedy: 'build both with the same horizon',
    })
  }
  const actual = alignOutcome(task.customers.column('customer_id') as unknown as readonly string[], outcome.rows)
  const digest = createHash('sha256')
  actual.customers.forEach((id, i) => digest.update(`${id}\0${actual.value[i]}\0${actual.returned[i]}\n`))
  const { observeFrom, cutoff } = task.windows.observed
  return {
    actual,
    split: { observeFrom, cutoff, horizon: task.horizon, customers: actual.customers.length, digest: digest.digest('hex') },
  }
}

function requireWindow(
  { window }: SplitOutcome,
  other: { readonly cutoff: string; readonly horizon: number },
  whose: string,
): void {
  if (window.cutoff === other.cutoff && window.horizon === other.horizon) return
  throw new CompareError({
    code: 'unequal-splits',
    what: `the outcome is of ${window.horizon} days from ${window.cutoff}, but ${whose} is of ${other.horizon} days from ${other.cutoff}`,
    remedy: 'compare only what was cut at the same day and foretells as many days',
  })
}

/** Before the models, unless they are among them. */
function withBaselines<F extends CoreRow>(models: readonly Model<F>[]): readonly Model<F>[] {
  const given = new Set(models.map(({ name }) => name))
  if (given.size < models.length) {
    throw new CompareError({
      code: 'same-name',
      what: `two models are called "${models.find(({ name }, i) => models.findIndex(each => each.name === name) < i)?.name}"`,
      remedy: 'give each model its own name',
    })
  }
  return [...baselineModels.filter(({ name }) => !given.has(name)), ...models] as readonly Model<F>[]
}

function reasonOf(error: unknown): string {
  if (error instanceof ClvError) return error.remedy === undefined ? error.what : `${error.what}; ${error.remedy}`
  return `unexpected: ${error instanceof Error ? error.message : String(error)}`
}
