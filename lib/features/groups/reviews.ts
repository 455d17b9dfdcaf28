import { Table, type ObservedEvents } from '../../schema/index.ts'
import { requireObserved } from '../guard.ts'
import { BUYERS, ratio, zero } from '../sql/parts.ts'
import { sentiment } from './sentiment.ts'

/** What a customer says; capability `reviews`. Means are NaN without a review that has the thing. */
export type ReviewRow = {
  readonly customer_id: string
  readonly reviews: number
  readonly mean_rating: number
  readonly lowest_rating: number
  /** Mean length of the texts, characters. */
  readonly text_length: number
  /** Mean sentiment of the texts in [-1, 1], by a small English word list; NaN without a text. */
  readonly sentiment: number
}

type Counted = Omit<ReviewRow, 'sentiment'>

/** Review features, one row per customer of the core features, ordered by customer_id. */
export async function reviewFeatures(observed: ObservedEvents<'reviews'>): Promise<Table<ReviewRow>> {
  requireObserved(observed, 'reviewFeatures')
  const counted = await observed.query<Counted>(`
with ${BUYERS},
said as (
  select customer_id, count(*) as reviews, count(rating) as rated, sum(cast(rating as decimal(18,4))) as ratings,
    min(rating) as lowest, count(text) as texts, sum(length(text)) as characters
  from events where kind = 'review' group by customer_id
)
select b.customer_id,
  ${zero('s.reviews')} as reviews,
  ${ratio('s.ratings', 's.rated')} as mean_rating,
  cast(s.lowest as double) as lowest_rating,
  ${ratio('s.characters', 's.texts')} as text_length
from buyers b left join said s on s.customer_id = b.customer_id
order by b.customer_id`)
  const texts = await observed.query<{ readonly customer_id: string; readonly text: string }>(
    `select customer_id, text from events where kind = 'review' and text is not null order by customer_id, ts, text`,
  )
  const [owners, said] = [texts.column('customer_id'), texts.column('text')]
  const sums = new Map<string, { total: number; n: number }>()
  owners.forEach((id, i) => {
    const known = sums.get(id) ?? { total: 0, n: 0 }
    sums.set(id, { total: known.total + sentiment(said[i] as string), n: known.n + 1 })
  })
  const means = Float64Array.from(counted.column('customer_id'), id => {
    const sum = sums.get(id)
    return sum === undefined ? NaN : sum.total / sum.n
  })
  return Table.fromColumns<ReviewRow>({
    customer_id: counted.column('customer_id'),
    reviews: counted.column('reviews'),
    mean_rating: counted.column('mean_rating'),
    lowest_rating: counted.column('lowest_rating'),
    text_length: counted.column('text_length'),
    sentiment: means,
  })
}
