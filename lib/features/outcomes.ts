import { LeakageError } from '../errors/index.ts'
import { Table, type OutcomeEvents } from '../schema/index.ts'
import type { OutcomeRow } from './core-row.ts'
import { DAILY } from './sql/parts.ts'

type Happened = { readonly customer_id: string; readonly future_value: number; readonly future_purchases: number }

/**
 * What each of these customers did in the horizon, in the order of `customers`: zero where nothing happened. Customers
 * who first bought after the cutoff are no part of it.
 */
export async function outcomes(
  events: OutcomeEvents,
  customers: Table<{ readonly customer_id: string }>,
): Promise<Table<OutcomeRow, 'outcome'>> {
  if (events.when !== 'outcome') {
    throw new LeakageError({
      code: 'not-an-outcome',
      what: `${String(events.when)} events were given where an outcome is asked for`,
      where: 'outcomes',
      remedy: 'use `outcome(log, { cutoff, horizon })`',
    })
  }
  customers.requireWhen('observed', 'outcomes')
  const happened = await events.query<Happened>(`
    with ${DAILY}
    select customer_id, cast(sum(spend) as double) as future_value, cast(count(*) as double) as future_purchases
    from daily group by customer_id order by customer_id`)
  const ids = customers.column('customer_id')
  const at = new Map(happened.column('customer_id').map((id, i) => [id, i]))
  const value = new Float64Array(ids.length)
  const purchases = new Float64Array(ids.length)
  ids.forEach((id, i) => {
    const found = at.get(id)
    if (found === undefined) return
    value[i] = happened.column('future_value')[found] as number
    purchases[i] = happened.column('future_purchases')[found] as number
  })
  return Table.fromColumns<OutcomeRow, 'outcome'>(
    { customer_id: ids, future_value: value, future_purchases: purchases, buys_again: Array.from(purchases, count => count > 0) },
    'outcome',
  )
}
