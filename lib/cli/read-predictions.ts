import { parseDay, readTextColumns, type TextColumns } from '../data/index.ts'
import { ClvError, DataError } from '../errors/index.ts'
import type { PredictionRow } from '../models/index.ts'
import { Table } from '../schema/index.ts'
import type { ModelPredictions } from './write-predictions.ts'

const SAID = ['value', 'probability', 'expected_purchases'] as const

/** What a file of predictions says of one model; windows that it does not hold are undefined. */
export type ReadPredictions = Pick<ModelPredictions, 'model' | 'predictions'> & Partial<ModelPredictions>

/** Reads what `clvlab predict` wrote, or a file with its columns. Errors: `DataError` with the line. */
export async function readPredictions(file: string): Promise<readonly ReadPredictions[]> {
  const cells = await readTextColumns(file, ['customer_id', 'model'], [...SAID, 'observe_from', 'cutoff', 'horizon'])
  if (cells.rows === 0)
    throw new DataError({ code: 'empty-file', what: 'the file holds no predictions', where: file, remedy: 'predict again' })
  const reader = new Reader(file, cells)
  return [...reader.models()].map(([model, rows]) => ({
    model,
    predictions: Table.fromRows<PredictionRow, 'predicted'>(
      rows.map(i => reader.prediction(i)),
      ['customer_id', ...SAID],
      'predicted',
    ),
    ...defined({
      observeFrom: reader.day('observe_from', model, rows),
      cutoff: reader.day('cutoff', model, rows),
      horizon: reader.days('horizon', model, rows),
    }),
  }))
}

class Reader {
  private readonly file: string
  private readonly cells: TextColumns

  constructor(file: string, cells: TextColumns) {
    this.file = file
    this.cells = cells
  }

  /** The rows of each model, in the file's order. */
  models(): ReadonlyMap<string, readonly number[]> {
    const byModel = new Map<string, number[]>()
    for (let i = 0; i < this.cells.rows; i++) {
      const model = this.cell('model', i)
      if (model === null || this.cell('customer_id', i) === null)
        throw this.fault(i, 'no-name', 'the row has no customer_id or no model', 'predict again')
      const rows = byModel.get(model)
      if (rows === undefined) byModel.set(model, [i])
      else rows.push(i)
    }
    return byModel
  }

  prediction(i: number): PredictionRow {
    const [value, probability, expected_purchases] = SAID.map(name => this.number(name, i)) as [
      number | null,
      number | null,
      number | null,
    ]
    return { customer_id: this.cell('customer_id', i) as string, value, probability, expected_purchases }
  }

  day(name: string, model: string, rows: readonly number[]): string | undefined {
    const text = this.same(name, model, rows)
    if (text === null) return undefined
    try {
      parseDay(text, name)
    } catch (cause) {
      if (!(cause instanceof ClvError)) throw cause
      throw this.fault(rows[0] as number, 'bad-day', cause.what, cause.remedy ?? 'predict again')
    }
    return text
  }

  days(name: string, model: string, rows: readonly number[]): number | undefined {
    const text = this.same(name, model, rows)
    if (text === null) return undefined
    if (Number.isInteger(Number(text)) && Number(text) >= 1) return Number(text)
    throw this.fault(rows[0] as number, 'bad-horizon', `${name} is "${text}", which is no whole number of days`, 'predict again')
  }

  private number(name: string, i: number): number | null {
    const text = this.cell(name, i)
    if (text === null) return null
    const value = Number(text)
    if (!Number.isNaN(value)) return value
    throw this.fault(
      i,
      'no-number',
      `${name} is "${text}", which is no number`,
      'write it as 12.5, or leave it empty for the whole model',
    )
  }

  /** What all rows of a model say alike. */
  private same(name: string, model: string, rows: readonly number[]): string | null {
    const [first = 0] = rows
    const said = this.cell(name, first)
    const other = rows.find(i => this.cell(name, i) !== said)
    if (other === undefined) return said
    const words = `${String(said)} and ${String(this.cell(name, other))}`
    throw this.fault(
      other,
      'mixed-windows',
      `the rows of ${model} differ in ${name}: ${words}`,
      'keep predictions for different days in different files',
    )
  }

  private cell(name: string, i: number): string | null {
    return this.cells.column(name)?.[i] ?? null
  }

  private fault(i: number, code: string, what: string, remedy: string): DataError {
    return new DataError({ code, what, where: `${this.file}, ${this.cells.placeOf(i)}`, remedy })
  }
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(parts: T): Defined<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Defined<T>
}
