import type { ObservedEvents, Table } from '../../schema/index.ts'
import { requireObserved } from '../guard.ts'
import { BUYERS, ratio, zero } from '../sql/parts.ts'
import { sqlText } from '../sql/literal.ts'

/** What a customer buys; capability `products`. A share of spend is NaN where nothing was spent on anything known. */
export type ProductRow = {
  readonly customer_id: string
  /** Mean number of different products per purchase day. */
  readonly basket_size: number
  /** Different products bought. */
  readonly variety: number
  /** Different categories bought; NaN where the log names no category of theirs. */
  readonly category_variety: number
  /** The category with the largest spend (first by name among equals), null where none is named. */
  readonly top_category: string | null
  /** Its share of the spend whose category is named. */
  readonly top_category_share: number
  /** Share of purchase days' products that the customer had bought on an earlier day. */
  readonly repeat_product_share: number
}

/** Product features, one row per customer of the core features, ordered by customer_id. */
export async function productFeatures(observed: ObservedEvents<'products'>): Promise<Table<ProductRow>> {
  requireObserved(observed, 'productFeatures')
  return await observed.query<ProductRow>(`
with ${BUYERS},
bought as (
  select customer_id, cast(ts as date) as d, product
  from events where kind = 'purchase' and product is not null group by customer_id, cast(ts as date), product
),
baskets as (
  select customer_id, count(*) as items, count(distinct d) as days, count(distinct product) as variety from bought group by customer_id
),
spent as (
  select customer_id, category, sum(amount) as spend
  from events where kind = 'purchase' and category is not null group by customer_id, category
),
ranked as (
  select customer_id, category, spend,
    row_number() over (partition by customer_id order by spend desc, category) as place,
    sum(spend) over (partition by customer_id) as total,
    count(*) over (partition by customer_id) as categories
  from spent
)
select b.customer_id,
  ${ratio('k.items', 'k.days')} as basket_size,
  ${zero('k.variety')} as variety,
  cast(r.categories as double) as category_variety,
  r.category as top_category,
  ${ratio('r.spend', 'r.total')} as top_category_share,
  ${ratio('k.items - k.variety', 'k.items')} as repeat_product_share
from buyers b
left join baskets k on k.customer_id = b.customer_id
left join ranked r on r.customer_id = b.customer_id and r.place = 1
order by b.customer_id`)
}

/** One column per named category, `share_NAME`: its share of the customer's spend whose category is known. */
export type CategoryShareRow<K extends string> = { readonly customer_id: string } & { readonly [P in K as `share_${P}`]: number }

/** Shares of spend by category, for the categories named: their names become columns that the compiler knows. */
export async function categoryShares<const K extends string>(
  observed: ObservedEvents<'products'>,
  categories: readonly K[],
): Promise<Table<CategoryShareRow<K>>> {
  requireObserved(observed, 'categoryShares')
  const shares = categories.map(name => {
    const spent = `sum(case when e.category = ${sqlText(name)} then e.amount else cast(0 as decimal(18,4)) end)`
    return `${ratio(spent, 'sum(e.amount)')} as "share_${name.replaceAll('"', '""')}"`
  })
  return await observed.query<CategoryShareRow<K>>(`
with ${BUYERS}
select ${['b.customer_id', ...shares].join(',\n  ')}
from buyers b left join events e on e.customer_id = b.customer_id and e.kind = 'purchase' and e.category is not null
group by b.customer_id order by b.customer_id`)
}
