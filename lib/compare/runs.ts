import type { CoreRow } from '../features/index.ts'
import type { Model, Predictions } from '../models/index.ts'
import { Seed } from '../numeric/index.ts'
import { alignPredictions, type Actual } from './align.ts'
import type { Run } from './score.ts'
import type { SplitTask } from './task.ts'

export interface RunOptions {
  readonly seeds: readonly number[]
  /** Called with how many fits are done, parts of one included. */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * One run per seed, or one alone where the second seed changes nothing. Errors: those of `fit`; `CompareError` for predictions
 * that are not for every customer or are no numbers.
 */
export async function runsOf<F extends CoreRow>(
  model: Model<F>,
  task: SplitTask<F>,
  actual: Actual,
  { seeds, onProgress = () => {}, signal }: RunOptions,
): Promise<readonly Run[]> {
  const runs: Run[] = []
  for (const [index, seed] of seeds.entries()) {
    signal?.throwIfAborted()
    const fitted = await model.fit(task, {
      seed: Seed.of(seed).child(model.name),
      onProgress: done => onProgress(index + done),
      ...(signal === undefined ? {} : { signal }),
    })
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
