import { CompareError } from '../errors/index.ts'
import { brokenRules, type CoreRow } from '../features/index.ts'
import { ksDistance, nearestNeighbours, rankCorrelations } from '../metrics/index.ts'
import { log1p } from '../numeric/index.ts'
import type { Table } from '../schema/index.ts'

/** How made customers stand beside real ones that their maker never saw. */
export interface Fidelity {
  /** 1 - the Kolmogorov-Smirnov distance of each column, averaged: 1 when every column alone is as it should be. */
  readonly shapes: number
  /** Mean absolute gap between the rank correlations of all pairs of columns: 0 when columns hang together as they should. */
  readonly correlationGap: number
  /** Of `nearestNeighbours`, on columns of equal spread. */
  readonly detection: number
  readonly coverage: number
  /** Share of made customers that nobody can be (`brokenRules`), such as one whose last 30 days hold more spend than the whole history. */
  readonly impossible: number
  /** Of each pair of columns, as `rankCorrelations` has them; 0 where a column came out all alike. */
  readonly correlations: { readonly real: Float64Array; readonly made: Float64Array }
}

/** Rows that the neighbours are looked for among: the work grows with their square. */
const MOST = 1000

/**
 * Judges made customers beside real ones, over those numeric columns of the made ones that differ between the real ones and have no gaps. Neighbours are looked for among
 * the first 1,000 of both, or fewer. Errors: `CompareError` for a column that the real ones lack, or when no two columns are left.
 */
export function fidelity(real: Table<CoreRow>, made: Table<CoreRow>): Fidelity {
  const absent = made.numericNames().find(name => !real.has(name))
  const columns = made.numericNames().filter(name => real.has(name) && usable(values(real, name)))
  if (absent !== undefined || columns.length < 2) {
    throw new CompareError({
      code: 'unlike-columns',
      what:
        absent === undefined
          ? 'fewer than two columns differ between the real customers'
          : `the real customers have no column "${absent}"`,
      remedy: 'give two tables of the same features',
    })
  }
  const correlations = (table: Table<CoreRow>): Float64Array =>
    rankCorrelations(columns.map(name => values(table, name))).map(each => (Number.isNaN(each) ? 0 : each))
  const [ofReal, ofMade] = [correlations(real), correlations(made)]
  const rows = Math.min(MOST, real.length, made.length)
  const scales = columns.map(name => scaleOf(values(real, name)))
  const { detection, coverage } = nearestNeighbours(
    matrix(real, columns, scales, rows),
    matrix(made, columns, scales, rows),
    columns.length,
  )
  return {
    shapes: mean(columns.map(name => 1 - ksDistance(values(real, name), values(made, name)))),
    correlationGap: mean(Array.from(ofReal, (each, i) => Math.abs(each - (ofMade[i] as number)))),
    detection,
    coverage,
    impossible: made.length === 0 ? 0 : brokenRules(made).customers / made.length,
    correlations: { real: ofReal, made: ofMade },
  }
}

interface Scale {
  readonly mean: number
  readonly sd: number
}

/** On the scale of the signed logarithm, as money and counts have long tails. */
function scaleOf(column: Float64Array): Scale {
  const own = Array.from(column, squeeze)
  const middle = mean(own)
  return { mean: middle, sd: Math.sqrt(mean(own.map(each => (each - middle) * (each - middle)))) }
}

function matrix(table: Table<CoreRow>, columns: readonly string[], scales: readonly Scale[], rows: number): Float64Array {
  const all = new Float64Array(rows * columns.length)
  columns.forEach((name, c) => {
    const [column, scale] = [values(table, name), scales[c] as Scale]
    for (let r = 0; r < rows; r++) all[r * columns.length + c] = (squeeze(column[r] as number) - scale.mean) / scale.sd
  })
  return all
}

const values = (table: Table<CoreRow>, name: string): Float64Array => table.column(name as never) as unknown as Float64Array
const usable = (column: Float64Array): boolean => column.every(Number.isFinite) && column.some(each => each !== column[0])
const squeeze = (value: number): number => (value < 0 ? -log1p(-value) : log1p(value))
const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length
