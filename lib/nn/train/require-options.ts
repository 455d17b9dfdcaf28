import { UsageError } from '../../errors/index.ts'
import { requireRule } from '../optimisers/require-rule.ts'
import type { Examples, TrainOptions } from './options.ts'

/** Errors: `UsageError` for a number among the options, or a weight of a row, with which no training can be made. */
export function requireOptions(data: Examples, options: TrainOptions): void {
  const { epochs, batch = 32, optimiser, earlyStopping, checkpoint, validation } = options
  whole('epochs', epochs, 0)
  whole('batch', batch, 1)
  whole('rows of the data', data.rows, 1)
  if (validation !== undefined) whole('rows of the validation', validation.rows, 1)
  if (optimiser !== undefined) requireRule(optimiser)
  if (earlyStopping !== undefined) {
    const { patience, least = 0 } = earlyStopping
    if (patience !== Infinity) whole('earlyStopping.patience', patience, 0)
    if (!(least >= 0)) throw unusable('earlyStopping.least', least, 'a number of at least 0')
  }
  if (checkpoint?.every !== undefined) whole('checkpoint.every', checkpoint.every, 1)
  requireWeight('weight', data)
  if (validation !== undefined) requireWeight('validation.weight', validation)
}

/** Errors: `UsageError` for examples, or rows of a batch, with which nothing can be judged. */
export function requireJudged(examples: Examples, batch: number): void {
  whole('batch', batch, 1, JUDGED)
  whole('rows', examples.rows, 1, JUDGED)
  requireWeight('weight', examples, JUDGED)
}

/** Errors: `UsageError` for rows of a batch with which nothing can be predicted. */
export const requireBatch = (batch: number): void => whole('batch', batch, 1, 'the options of a prediction')

const JUDGED = 'an evaluation'

function requireWeight(name: string, { weight }: Examples, where?: string): void {
  const bad = weight?.findIndex(value => !(value >= 0 && value < Infinity)) ?? -1
  if (bad >= 0) throw unusable(`${name} of row ${bad}`, Number(weight?.[bad]), 'finite weights of at least 0', where)
}

function whole(name: string, value: number, least: number, where?: string): void {
  if (!(Number.isSafeInteger(value) && value >= least)) throw unusable(name, value, `a whole number of at least ${least}`, where)
}

function unusable(name: string, value: number, wanted: string, where = 'the options of a training'): UsageError {
  return new UsageError({ code: 'bad-option', what: `${name} is ${value}`, where, remedy: `give ${wanted}` })
}
