import { UsageError } from '../../errors/index.ts'
import { Table } from '../../schema/index.ts'
import type { CoreRow } from '../core-row.ts'
import { segmentOf, type SegmentName } from './segments.ts'

/** Scores from 1 (lowest fifth) to 5 (highest), and the segment they stand for. */
export type RfmRow = {
  readonly customer_id: string
  /** 5: bought most recently. */
  readonly recency_score: number
  readonly frequency_score: number
  readonly monetary_score: number
  /** The three scores as text, `5-4-3`. */
  readonly rfm: string
  readonly segment: SegmentName
}

export type RfmInput = Pick<CoreRow, 'customer_id' | 'days_since_last' | 'frequency' | 'spend'>

/**
 * RFM scores: recency by days since the last purchase, frequency by repeat purchase days, monetary value by total spend before
 * the cutoff; each cut into fifths of the customers of this table. Customers of equal value share a score, so with many ties
 * fifths are unequal and scores may be left out.
 */
export function rfmScores(customers: Table<RfmInput, 'observed'>): Table<RfmRow> {
  customers.requireWhen('observed', 'rfmScores')
  const recency = scores(customers.column('days_since_last').map(days => -days))
  const frequency = scores(customers.column('frequency'))
  const monetary = scores(customers.column('spend'))
  const ids = customers.column('customer_id')
  return Table.fromColumns<RfmRow>({
    customer_id: ids,
    recency_score: recency,
    frequency_score: frequency,
    monetary_score: monetary,
    rfm: ids.map((_, i) => `${at(recency, i)}-${at(frequency, i)}-${at(monetary, i)}`),
    segment: ids.map((_, i) => segmentOf(at(recency, i), at(frequency, i), at(monetary, i))),
  })
}

const at = (values: Float64Array, i: number): number => values[i] as number

/**
 * Scores 1 to `bins` by rank: 1 + floor(bins below / n), where `below` of n customers have less. Equal values share the
 * score of the lowest of them, so those who bought once are always 1 in frequency, however many they are; no order of
 * rows matters.
 */
export function scores(values: Float64Array, bins = 5): Float64Array {
  if (values.some(Number.isNaN)) {
    throw new UsageError({
      code: 'missing-value',
      what: 'a score cannot be given to a missing value',
      remedy: 'fill it, or leave those rows out',
    })
  }
  const sorted = values.toSorted()
  const first = new Map<number, number>()
  sorted.forEach((value, i) => {
    if (!first.has(value)) first.set(value, i)
  })
  return values.map(value => 1 + Math.floor((bins * (first.get(value) as number)) / values.length))
}
