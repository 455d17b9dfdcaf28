import type { ScoreRecord } from '../../schema/index.ts'
import type { FoundComparison } from './run-record.ts'

/** A comparison without a word twice: a score is the positions of its model and its measure, then its numbers. */
export interface Packed extends Omit<FoundComparison, 'scores'> {
  readonly models: readonly (readonly [model: string, title: string, family: string])[]
  readonly measures: readonly (readonly [measure: string, name: string, better: ScoreRecord['better']])[]
  readonly scores: readonly (readonly [model: number, measure: number, ...(number | null)[]])[]
}

export function packed({ scores, ...rest }: FoundComparison): Packed {
  const models = new Map(scores.map(({ model, title, family }) => [model, [model, title, family] as const]))
  const measures = new Map(scores.map(({ measure, name, better }) => [measure, [measure, name, better] as const]))
  const [rows, columns] = [[...models.keys()], [...measures.keys()]]
  return {
    ...rest,
    models: [...models.values()],
    measures: [...measures.values()],
    scores: scores.map(({ model, measure, value, low, high, sd, seeds }) => [
      rows.indexOf(model),
      columns.indexOf(measure),
      value,
      low,
      high,
      sd,
      seeds,
    ]),
  }
}

/** Throws where a position is none. */
export function unpacked({ models, measures, scores, ...rest }: Packed): FoundComparison {
  return {
    ...rest,
    scores: scores.map(([row, column, value = null, low = null, high = null, sd = null, seeds]) => {
      const [model, title, family] = models[row] as Packed['models'][number]
      const [measure, name, better] = measures[column] as Packed['measures'][number]
      return { model, title, family, measure, name, better, value, low, high, sd, seeds: seeds ?? 1 }
    }),
  }
}
