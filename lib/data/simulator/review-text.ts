import type { Random } from '../../numeric/index.ts'

const OPENINGS = [
  ['Very disappointed.', 'Would not buy again.', 'Poor quality.', 'Not as described.'],
  ['Somewhat let down.', 'Expected more.', 'Not great.', 'Below what I hoped for.'],
  ['It is all right.', 'Does the job.', 'Average.', 'Neither good nor bad.'],
  ['Good value.', 'Happy with it.', 'Nice quality.', 'Works well.'],
  ['Excellent.', 'Love it.', 'Could not be better.', 'Wonderful quality.'],
] as const
const DETAILS = [
  ['It arrived late and broken', 'It fell apart within days', 'Nobody answered my complaint'],
  ['The colour was wrong', 'Delivery took too long', 'It feels cheap'],
  ['Delivery was on time', 'It is what one pays for', 'The box was dented, the rest fine'],
  ['Delivery was quick', 'It looks as in the picture', 'A good buy'],
  ['Delivery was very quick', 'A perfect present', 'I shall order again'],
] as const

/** A review of a few words whose sentiment is that of its rating (1 to 5). */
export function reviewText(random: Random, rating: number, category: string): string {
  const opening = OPENINGS[rating - 1] ?? OPENINGS[2]
  const detail = DETAILS[rating - 1] ?? DETAILS[2]
  return `${opening[random.integer(opening.length)]} ${detail[random.integer(detail.length)]} (${category}).`
}
