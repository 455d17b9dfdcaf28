import type { ObservedEvents, Row, Table } from '../../schema/index.ts'
import { requireObserved } from '../guard.ts'
import { BUYERS } from '../sql/parts.ts'

/** Where a customer came from; capability `channel`. */
export type ChannelRow = { readonly customer_id: string; readonly channel: string | null }

/** What it cost to win a customer, money; capability `cost`. NaN where it is not known. */
export type CostRow = { readonly customer_id: string; readonly acquisition_cost: number }

/** Who a customer is; capability `demographics`. NaN where it is not known. */
export type DemographicsRow = { readonly customer_id: string; readonly age: number; readonly income: number }

/** Where a customer lives; capability `country`. */
export type CountryRow = { readonly customer_id: string; readonly country: string | null }

/** The channel of acquisition, one row per customer of the core features, ordered by customer_id. */
export async function channelFeatures(observed: ObservedEvents<'channel'>): Promise<Table<ChannelRow>> {
  return await known<ChannelRow>(observed, 'channelFeatures', ['c.channel as channel'])
}

/** The cost of acquisition, one row per customer of the core features, ordered by customer_id. */
export async function costFeatures(observed: ObservedEvents<'cost'>): Promise<Table<CostRow>> {
  return await known<CostRow>(observed, 'costFeatures', ['cast(c.acquisition_cost as double) as acquisition_cost'])
}

/** Age and income, one row per customer of the core features, ordered by customer_id. */
export async function demographicFeatures(observed: ObservedEvents<'demographics'>): Promise<Table<DemographicsRow>> {
  const columns = ['cast(c.age as double) as age', 'cast(c.income as double) as income']
  return await known<DemographicsRow>(observed, 'demographicFeatures', columns)
}

/** The country, one row per customer of the core features, ordered by customer_id. */
export async function countryFeatures(observed: ObservedEvents<'country'>): Promise<Table<CountryRow>> {
  return await known<CountryRow>(observed, 'countryFeatures', ['c.country as country'])
}

async function known<R extends Row>(observed: ObservedEvents, where: string, columns: readonly string[]): Promise<Table<R>> {
  requireObserved(observed, where)
  return await observed.query<R>(`
with ${BUYERS}
select b.customer_id, ${columns.join(', ')}
from buyers b left join customers c on c.customer_id = b.customer_id
order by b.customer_id`)
}
