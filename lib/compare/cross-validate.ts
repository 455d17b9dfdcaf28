import path from 'node:path'
import type { DeviceChoice } from '../engine/index.ts'
import type { CoreRow } from '../features/index.ts'
import { fitHere, type Fitters, type Model, type Task } from '../models/index.ts'
import type { Seed } from '../numeric/index.ts'
import { alignOutcome, alignPredictions } from './align.ts'
import { inTurn } from './in-turn.ts'
import type { MeasureName } from './measures.ts'
import { pointScores, spread, type Spread } from './score.ts'

export interface Fold<F extends CoreRow = CoreRow> {
  /** The task of everybody else: nothing of the held-out customers is in it. */
  readonly task: Task<F>
  /** Rows of the training window that are held out. */
  readonly held: Uint32Array
}

/**
 * Parts the customers of the training window into `count` folds of equal size, give or take one. A fold's task is the training
 * window without its customers: models are fitted anew on it, their transforms too, and predict the held-out customers over the
 * training outcome. All of it happened before the cutoff.
 */
export function folds<F extends CoreRow>(task: Task<F>, count: number, seed: Seed): readonly Fold<F>[] {
  const { features, outcome, horizon } = task.training
  const order = seed.random().permutation(features.length)
  return Array.from({ length: count }, (_, fold) => {
    const from = Math.floor((fold * order.length) / count)
    const to = Math.floor(((fold + 1) * order.length) / count)
    const held = order.slice(from, to).sort()
    const others = Uint32Array.from([...order.slice(0, from), ...order.slice(to)]).sort()
    const customers = features.take(others)
    return { held, task: { customers, training: { features: customers, outcome, horizon }, horizon } }
  })
}

export interface CrossValidateOptions {
  readonly seed: Seed
  /** Called with how many folds are done, parts of one included. */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal | undefined
  /** Who fits: this thread unless given. */
  readonly fitters?: Fitters
  /** Where networks are trained: `wasm` unless given. */
  readonly device?: DeviceChoice | undefined
  /** A folder for what networks keep of each fit, to go on from. */
  readonly checkpoints?: string | undefined
}

/**
 * Mean and standard deviation over folds of each measure that the model has. Errors: those of `fit` on a fold.
 */
export async function crossValidate<F extends CoreRow>(
  model: Model<F>,
  task: Task<F>,
  parts: readonly Fold<F>[],
  { seed, onProgress = () => {}, signal, fitters = fitHere, device, checkpoints }: CrossValidateOptions,
): Promise<Partial<Record<MeasureName, Spread>>> {
  const scores: Partial<Record<MeasureName, number>>[] = []
  const fits = inTurn(
    fitters.size,
    parts.map(
      (fold, index) => async () =>
        await fitters.fit(model, fold.task, {
          seed: seed.child(index),
          onProgress: done => fitters.size === 1 && onProgress(index + done),
          ...(signal === undefined ? {} : { signal }),
          ...(device === undefined ? {} : { device }),
          ...(checkpoints === undefined ? {} : { checkpoints: path.join(checkpoints, model.name, `fold-${index + 1}`) }),
        }),
    ),
  )
  for (const [index, fold] of parts.entries()) {
    signal?.throwIfAborted()
    const fitted = await (fits[index] as (typeof fits)[number])()
    if (fitters.size > 1) onProgress(index + 1)
    const held = task.training.features.take(fold.held)
    const ids = held.column('customer_id') as unknown as readonly string[]
    const among = new Set(ids)
    const actual = alignOutcome(
      ids,
      task.training.outcome.filter(({ customer_id }) => among.has(customer_id)),
    )
    scores.push(pointScores(alignPredictions(actual.customers, fitted.predict(held, task.training.horizon), model.name), actual))
  }
  const names = Object.keys(scores[0] ?? {}) as MeasureName[]
  return Object.fromEntries(names.map(name => [name, spread(scores.map(each => each[name] as number))]))
}
