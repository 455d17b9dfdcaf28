import { UsageError } from '../../errors/index.ts'

/**
 * A segment as a rectangle of the grid of scores, 1 to 5: recency by the mean of frequency and monetary value, rounded
 * half up.
 */
export interface SegmentRule {
  readonly name: string
  /** Lowest and highest recency score. */
  readonly recency: readonly [number, number]
  /** Lowest and highest rounded mean of the frequency and the monetary score. */
  readonly value: readonly [number, number]
  readonly meaning: string
}

/** The usual names. The rectangles cover the grid, each cell once. */
export const RFM_SEGMENTS = [
  { name: 'Champions', recency: [5, 5], value: [4, 5], meaning: 'bought just now, buy often and much' },
  { name: 'Loyal', recency: [3, 4], value: [4, 5], meaning: 'buy regularly and much' },
  { name: 'Potential Loyalists', recency: [4, 5], value: [2, 3], meaning: 'recent, have bought more than once' },
  { name: 'New', recency: [5, 5], value: [1, 1], meaning: 'bought just now, little so far' },
  { name: 'Promising', recency: [4, 4], value: [1, 1], meaning: 'bought lately, little so far' },
  { name: 'Need Attention', recency: [3, 3], value: [3, 3], meaning: 'middling in all, not seen for a while' },
  { name: 'About To Sleep', recency: [3, 3], value: [1, 2], meaning: 'below the middle, slipping away' },
  { name: 'At Risk', recency: [1, 2], value: [3, 4], meaning: 'bought often and much, long ago' },
  { name: 'Cannot Lose Them', recency: [1, 2], value: [5, 5], meaning: 'the best of buyers, long gone quiet' },
  { name: 'Hibernating', recency: [2, 2], value: [1, 2], meaning: 'bought little, a good while ago' },
  { name: 'Lost', recency: [1, 1], value: [1, 2], meaning: 'bought little, longest ago' },
] as const satisfies readonly SegmentRule[]

export type SegmentName = (typeof RFM_SEGMENTS)[number]['name']

const within = (score: number, [low, high]: readonly [number, number]): boolean => score >= low && score <= high

/** The segment of three scores from 1 to 5. Errors: `UsageError` for scores outside. */
export function segmentOf(recency: number, frequency: number, monetary: number): SegmentName {
  const value = Math.floor((frequency + monetary) / 2 + 0.5)
  const found = RFM_SEGMENTS.find(rule => within(recency, rule.recency) && within(value, rule.value))
  if (found !== undefined) return found.name
  throw new UsageError({
    code: 'bad-score',
    what: `there is no segment for the scores ${recency}-${frequency}-${monetary}`,
    remedy: 'scores are whole numbers from 1 to 5',
  })
}
