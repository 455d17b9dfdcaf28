import type { CoreRow, OutcomeRow } from '../../features/index.ts'
import { Table, type Cell, type Row, type When } from '../../schema/index.ts'
import type { Task } from '../model.ts'

interface CarriedTable {
  readonly when: When
  readonly columns: Readonly<Record<string, Float64Array | readonly Cell[]>>
}

/** A task as data that a thread can be handed. */
export interface CarriedTask {
  readonly customers: CarriedTable
  readonly features: CarriedTable
  readonly outcome: CarriedTable
  readonly trained: number
  readonly horizon: number
}

export function carriedTask({ customers, training, horizon }: Task): CarriedTask {
  return {
    customers: carried(customers),
    features: carried(training.features),
    outcome: carried(training.outcome),
    trained: training.horizon,
    horizon,
  }
}

export function taskFrom({ customers, features, outcome, trained, horizon }: CarriedTask): Task {
  return {
    customers: tableFrom<CoreRow, 'observed'>(customers),
    training: {
      features: tableFrom<CoreRow, 'observed'>(features),
      outcome: tableFrom<OutcomeRow, 'outcome'>(outcome),
      horizon: trained,
    },
    horizon,
  }
}

function carried<R extends Row>(table: Table<R, When>): CarriedTable {
  return {
    when: table.when,
    columns: Object.fromEntries(table.names.map(name => [name, table.column(name) as Float64Array | readonly Cell[]])),
  }
}

function tableFrom<R extends Row, W extends When>({ when, columns }: CarriedTable): Table<R, W> {
  return Table.fromColumns<R, W>(columns as never, when as W)
}
