import { counted, SchemaError } from '../errors/index.ts'
import type { Capability, ObservedEvents, Row, Table } from '../schema/index.ts'
import { coreFeatures } from './core.ts'
import type { CoreRow } from './core-row.ts'
import { browsingFeatures, type BrowsingRow } from './groups/browsing.ts'
import { contactFeatures, type ContactRow } from './groups/contacts.ts'
import { channelFeatures, costFeatures, countryFeatures, demographicFeatures } from './groups/customers.ts'
import type { ChannelRow, CostRow, CountryRow, DemographicsRow } from './groups/customers.ts'
import { productFeatures, type ProductRow } from './groups/products.ts'
import { quantityFeatures, type QuantityRow } from './groups/quantities.ts'
import { returnFeatures, type ReturnRow } from './groups/returns.ts'
import { reviewFeatures, type ReviewRow } from './groups/reviews.ts'
import { seasonalityFeatures, type SeasonalityRow } from './groups/seasonality.ts'
import { requireCutoff } from './guard.ts'

/** The row that each capability adds. */
export type CapabilityRows = {
  readonly products: ProductRow
  readonly quantities: QuantityRow
  readonly returns: ReturnRow
  readonly browsing: BrowsingRow
  readonly reviews: ReviewRow
  readonly channel: ChannelRow
  readonly cost: CostRow
  readonly demographics: DemographicsRow
  readonly country: CountryRow
  readonly campaigns: ContactRow
}

/** All rows of a union of capabilities as one: parameters of functions in a union intersect. */
type Together<C extends Capability> = [C] extends [never]
  ? unknown
  : (C extends Capability ? (row: CapabilityRows[C]) => void : never) extends (row: infer R) => void
    ? R
    : never

/** Core and seasonality, and the rows of those capabilities that the compiler knows of. */
export type FeatureRow<C extends Capability = never> = CoreRow & SeasonalityRow & Together<C>

/** Every feature that a log allows. */
export interface AllFeatures<C extends Capability = never> {
  readonly table: Table<FeatureRow<C>>
  /** The capabilities whose columns are in the table. */
  readonly groups: readonly Capability[]
  /** One sentence for each capability that the log lacks; its columns are not there, and nothing stands in for them. */
  readonly skipped: readonly string[]
}

type Group = {
  readonly what: string
  readonly features: (observed: ObservedEvents) => Promise<Table<{ readonly customer_id: string }>>
}

const GROUPS: { readonly [K in Capability]: Group } = {
  products: { what: 'products', features: o => productFeatures(o as ObservedEvents<'products'>) },
  quantities: { what: 'quantities', features: o => quantityFeatures(o as ObservedEvents<'quantities'>) },
  returns: { what: 'returns', features: o => returnFeatures(o as ObservedEvents<'returns'>) },
  browsing: { what: 'browsing sessions', features: o => browsingFeatures(o as ObservedEvents<'browsing'>) },
  reviews: { what: 'reviews', features: o => reviewFeatures(o as ObservedEvents<'reviews'>) },
  channel: { what: 'acquisition channels', features: o => channelFeatures(o as ObservedEvents<'channel'>) },
  cost: { what: 'acquisition costs', features: o => costFeatures(o as ObservedEvents<'cost'>) },
  demographics: { what: 'age and income', features: o => demographicFeatures(o as ObservedEvents<'demographics'>) },
  country: { what: 'countries', features: o => countryFeatures(o as ObservedEvents<'country'>) },
  campaigns: { what: 'campaign contacts', features: o => contactFeatures(o as ObservedEvents<'campaigns'>) },
}

/**
 * The core features, seasonality, and those of every capability that the log has, one row per customer, ordered by
 * customer_id. A `cutoff` beside the horizon, as a whole split has one, must be that of the events. Errors: `LeakageError`.
 */
export async function allFeatures<C extends Capability = never>(
  observed: ObservedEvents<C>,
  options: { readonly horizon: number; readonly cutoff?: string },
): Promise<AllFeatures<C>> {
  requireCutoff(observed, options.cutoff, 'allFeatures')
  const names = Object.keys(GROUPS) as Capability[]
  const groups = names.filter(name => observed.capabilities.has(name))
  const core = await coreFeatures(observed, options)
  const parts = [await seasonalityFeatures(observed)]
  for (const name of groups) parts.push((await GROUPS[name].features(observed)) as never)
  const table = parts.reduce((joined, part) => beside(joined, part), core as Table<{ readonly customer_id: string }>)
  const skipped = names
    .filter(name => !groups.includes(name))
    .map(name => `The log has no ${GROUPS[name].what}, so features of them are left out.`)
  return { table: table as never, groups, skipped }
}

/** All feature tables have the same customers in the same order; joining must lose none. */
function beside<R extends Row & { readonly customer_id: string }>(
  joined: Table<R>,
  part: Table<{ readonly customer_id: string }>,
): Table<R> {
  const both = joined.join(part, 'customer_id')
  if (both.length !== joined.length) {
    throw new SchemaError({
      code: 'customers-lost',
      what: `${counted(joined.length - both.length, 'customer has', 'customers have')} no row in a feature table`,
      where: part.names.join(', '),
    })
  }
  return both as never
}
