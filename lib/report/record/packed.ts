import type { ScoreRecord } from '../../schema/index.ts'
import type { FoundComparison } from './run-record.ts'

type PackedScore = readonly [
  model: number,
  measure: number,
  value: number | null,
  low: number | null,
  high: number | null,
  sd: number | null,
  seeds: number,
  sketch?: string,
]

/** A comparison without a word twice: a score is the positions of its model and its measure, then its numbers. */
export interface Packed extends Omit<FoundComparison, 'scores'> {
  readonly models: readonly (readonly [model: string, title: string, family: string])[]
  readonly measures: readonly (readonly [measure: string, name: string, better: ScoreRecord['better'], unit?: 'money'])[]
  readonly scores: readonly PackedScore[]
}

export function packed({ scores, ...rest }: FoundComparison): Packed {
  const models = new Map(scores.map(({ model, title, family }) => [model, [model, title, family] as const]))
  const measures = new Map(scores.map(score => [score.measure, measureOf(score)] as const))
  const [rows, columns] = [[...models.keys()], [...measures.keys()]]
  return {
    ...rest,
    models: [...models.values()],
    measures: [...measures.values()],
    scores: scores.map(score => packedScore(rows.indexOf(score.model), columns.indexOf(score.measure), score)),
  }
}

const measureOf = ({ measure, name, better, unit }: ScoreRecord): Packed['measures'][number] =>
  unit === undefined ? [measure, name, better] : [measure, name, better, unit]

function packedScore(row: number, column: number, { value, low, high, sd, seeds, sketch }: ScoreRecord): PackedScore {
  return sketch === undefined ? [row, column, value, low, high, sd, seeds] : [row, column, value, low, high, sd, seeds, sketch]
}

/** Throws where a position is none. */
export function unpacked({ models, measures, scores, ...rest }: Packed): FoundComparison {
  return {
    ...rest,
    scores: scores.map(([row, column, value, low, high, sd, seeds, sketch]) => {
      const [model, title, family] = models[row] as Packed['models'][number]
      const [measure, name, better, unit] = measures[column] as Packed['measures'][number]
      const more = { ...(unit === undefined ? {} : { unit }), ...(sketch === undefined ? {} : { sketch }) }
      return { model, title, family, measure, name, better, value, low, high, sd, seeds, ...more }
    }),
  }
}
