import path from 'node:path'
import type { DeviceChoice } from '../engine/index.ts'
import type { CoreRow } from '../features/index.ts'
import { fitHere, type Fitters, type Model, type Predictions } from '../models/index.ts'
import { Seed } from '../numeric/index.ts'
import { alignPredictions, type Actual } from './align.ts'
import { inTurn } from './in-turn.ts'
import type { Run } from './score.ts'
import type { SplitTask } from './task.ts'

export interface RunOptions {
  readonly seeds: readonly number[]
  /** Called with how many fits are done, parts of one included. */
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
 * One run per seed, or one alone where the second seed changes nothing. Errors: those of `fit`; `CompareError` for predictions
 * that are not for every customer or are no numbers.
 */
export async function runsOf<F extends CoreRow>(
  model: Model<F>,
  task: SplitTask<F>,
  actual: Actual,
  { seeds, onProgress = () => {}, signal, fitters = fitHere, device, checkpoints }: RunOptions,
): Promise<readonly Run[]> {
  const runs: Run[] = []
  const fits = inTurn(
    fitters.size,
    seeds.map(
      (seed, index) => async () =>
        await fitters.fit(model, task, {
          seed: Seed.of(seed).child(model.name),
          onProgress: done => fitters.size === 1 && onProgress(index + done),
          ...(signal === undefined ? {} : { signal }),
          ...(device === undefined ? {} : { device }),
          ...(checkpoints === undefined ? {} : { checkpoints: path.join(checkpoints, model.name, `seed-${seed}`) }),
        }),
    ),
  )
  for (const [index, seed] of seeds.entries()) {
    signal?.throwIfAborted()
    const fitted = await (fits[index] as (typeof fits)[number])()
    const predictions = fitted.predict(task.customers, task.horizon)
    alignPredictions(actual.customers, predictions, model.name)
    const first = runs[0]
    if (runs.length === 1 && first !== undefined && same(first.predictions, predictions)) return runs
    runs.push({ seed, predictions, fitted: fitted as unknown as NonNullable<Run['fitted']> })
    onProgress(index + 1)
  }
  return runs
}

function same(a: Predictions, b: Predictions): boolean {
  return (['value', 'probability', 'expected_purchases'] as const).every(name => {
    const [left, right] = [a.column(name), b.column(name)]
    return Array.from(left).every((each, i) => Object.is(each, right[i]))
  })
}
