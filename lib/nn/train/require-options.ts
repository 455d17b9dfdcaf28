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
  for (const [name, { weight }] of [
    ['weight', data],
    ['validation.weight', validation ?? data],
  ] as const) {
    const bad = weight?.findIndex(value => !(value >= 0 && value < Infinity)) ?? -1
    if (bad >= 0) throw unusable(`${name} of row ${bad}`, Number(weight?.[bad]), 'finite weights of at least 0')
  }
}

function whole(name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) throw unusable(name, value, `a whole number of at least ${least}`)
}

function unusable(name: string, value: number, wanted: string): UsageError {
  return new UsageError({
    code: 'bad-option',
    what: `${name} is ${value}`,
    where: 'the options of a training',
    remedy: `give ${wanted}`,
  })
}
