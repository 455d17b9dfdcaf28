import { adam, shareProgress, showMemory, train, type Examples, type Network, type Trained } from '../../nn/index.ts'
import { joinFloats, type Seed } from '../../numeric/index.ts'
import { checkpointIn } from '../checkpoint-in.ts'
import { fitInputs, inputs, type Inputs } from '../inputs.ts'
import type { FitOptions, FittedModel, Model, SavedModel, Task, TrainingWindow } from '../model.ts'
import { trainedOn } from '../trained-on.ts'
import { targets } from '../training.ts'
import { classifier, regressor } from './body.ts'
import { fittedDnn, type FittedDnn } from './fitted-dnn.ts'
import { restoreDnn } from './restore-dnn.ts'
import { ARTICLE, type DnnSettings } from './settings.ts'
import { splitCustomers } from './split.ts'

/** The deep network of the source article, twice: for the probability to return, and with a linear head for value. */
export interface DnnModel extends Model {
  readonly settings: DnnSettings
  fit(task: Task, options: FitOptions): Promise<FittedDnn>
  restore(saved: SavedModel): FittedModel
}

/**
 * Dense 128 ReLU, dropout 0.5, dense 64 ReLU, dropout 0.5, one output; Adam 0.001, 50 epochs, batches of 32. Of the training window's
 * customers 80% (by the seed) fit and 20% validate; the inputs' scaler and the value's are fitted on the 80% alone. A missing input is
 * the mean of its column. Value is standardised for training and brought back, never below 0; it scales with the horizon, and the
 * probability p becomes 1 - (1 - p)^(horizon / trained horizon).
 */
export function dnnWith(name: string, title: string, changes: Partial<DnnSettings> = {}): DnnModel {
  const settings = { ...ARTICLE, ...changes }
  return {
    name,
    title,
    family: 'neural',
    settings,
    fit: (task, options) => fitDnn(name, settings, task, options),
    restore: restoreDnn,
  }
}

export const dnn = dnnWith('dnn', 'Deep network (128-64)')

/** More customers to learn from, made from those that fit alone. */
export type Augment = (fit: TrainingWindow, options: FitOptions) => Promise<Pick<TrainingWindow, 'features' | 'outcome'>>

/** `dnnWith` says what it does; with `augment` the customers that it makes are learnt from too, while scalers and validation see real ones alone. */
export async function fitDnn(
  name: string,
  settings: DnnSettings,
  task: Task,
  options: FitOptions,
  augment?: Augment,
): Promise<FittedDnn> {
  const { seed, onProgress, signal, device, checkpoints } = options
  const { features, outcome, horizon } = task.training
  const { returned, value } = targets(task)
  const split = splitCustomers(features.length, settings.validation, seed.child('split'))
  const layout = fitInputs(features, split.fit, { log: settings.log })
  const X = inputs(features, layout)
  const scale = standard(value, split.fit)
  const toScale = (each: number): number => (each - scale.mean) / scale.sd
  const scaled = value.map(toScale)
  const made =
    augment === undefined
      ? undefined
      : await augment(
          { features: features.take(split.fit), outcome, horizon },
          {
            seed: seed.child('augment'),
            ...(signal === undefined ? {} : { signal }),
            ...(device === undefined ? {} : { device }),
            ...(checkpoints === undefined ? {} : { checkpoints }),
          },
        )
  const more =
    made === undefined
      ? undefined
      : {
          X: inputs(made.features, layout),
          ...targets({ ...task, training: { ...made, horizon } }, { least: 1, anyClass: true }),
        }
  const learn = (
    network: Network,
    y: Float64Array,
    extra: Float64Array | undefined,
    part: number,
    what: 'return' | 'value',
    seed: Seed,
  ): Promise<Trained> =>
    train(
      network,
      joined(
        examples(X, y, split.fit),
        more === undefined || extra === undefined ? undefined : examples(more.X, extra, more.X.rows),
      ),
      {
        epochs: settings.epochs,
        batch: settings.batch,
        optimiser: adam({ rate: settings.rate }),
        validation: examples(X, y, split.validate),
        seed,
        ...(signal === undefined ? {} : { signal }),
        ...(device === undefined ? {} : { device }),
        ...checkpointIn(options, what),
        onStart: memory => onProgress?.(part / 2, `${what}: ${showMemory(memory)}`),
        onProgress: shareProgress((done, text) => onProgress?.((part + done) / 2, `${what}: ${text}`)),
      },
    )
  const returns = await learn(classifier(layout.length, settings), returned, more?.returned, 0, 'return', seed.child('return'))
  const spend = await learn(regressor(layout.length, settings), scaled, more?.value.map(toScale), 1, 'value', seed.child('value'))
  return fittedDnn({
    name,
    settings,
    layout,
    trained: horizon,
    scale,
    weights: { returns: returns.weights, value: spend.weights },
    history: { returns: returns.history, value: spend.history },
    ...trainedOn(device, [returns.device, spend.device]),
  })
}

function joined(real: Examples, made: Examples | undefined): Examples {
  if (made === undefined) return real
  return { rows: real.rows + made.rows, x: joinFloats([real.x, made.x]), y: joinFloats([real.y, made.y]) }
}

/** Some rows, or the first so many. */
function examples({ data, columns }: Inputs, y: Float64Array, of: Uint32Array | number): Examples {
  const rows = typeof of === 'number' ? Uint32Array.from({ length: of }, (_, i) => i) : of
  const x = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => x.set(data.subarray(row * columns, (row + 1) * columns), i * columns))
  return { rows: rows.length, x, y: Float32Array.from(rows, row => y[row] as number) }
}

/** Mean and standard deviation over some rows; 1 where there is no spread. */
function standard(values: Float64Array, rows: Uint32Array): { readonly mean: number; readonly sd: number } {
  const mean = rows.reduce((sum, row) => sum + (values[row] as number), 0) / rows.length
  const sd = Math.sqrt(
    rows.reduce((sum, row) => sum + ((values[row] as number) - mean) * ((values[row] as number) - mean), 0) / rows.length,
  )
  return { mean, sd: sd > 0 ? sd : 1 }
}
