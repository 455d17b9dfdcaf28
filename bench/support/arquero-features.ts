import { op, table } from 'arquero'
import { lengths, TRAILING, type FeatureColumns, type Span } from './feature-columns.ts'

const DAY = 86_400_000

/** The peer "Arquero alone": the events as a table of JavaScript columns (customer_id, kind, time in ms, amount), and its verbs. */
export function arqueroFeatures(events: FeatureColumns): (span: Span) => FeatureColumns {
  const log = table(events as Record<string, ArrayLike<unknown>>)
  return span => {
    const { history, lastPeriod } = lengths(span)
    const [from, cutoff] = [Date.parse(span.observeFrom), Date.parse(span.cutoff)]
    const end = cutoff / DAY
    const since = (days: number): string => `d => op.sum(d.day >= ${end - days} ? d.spend : 0)`
    const trailing = TRAILING.flatMap(days => [
      [`spend_${days}`, since(days)],
      [`purchases_${days}`, `d => op.sum(d.day >= ${end - days} ? 1 : 0)`],
    ])
    const features = log
      .filter(`d => d.kind === 'purchase' && d.time >= ${from} && d.time < ${cutoff}`)
      .derive({ day: `d => floor(d.time / ${DAY})` })
      .groupby('customer_id', 'day')
      .rollup({ spend: op.sum('amount') })
      .orderby('customer_id', 'day')
      .groupby('customer_id')
      .derive({ gap: 'd => d.day - lag(d.day, 1, NaN)', first: 'd => first_value(d.spend)', last: 'd => last_value(d.spend)' })
      .rollup({
        n: op.count(),
        from: op.min('day'),
        to: op.max('day'),
        spend: op.sum('spend'),
        mean_spend: op.mean('spend'),
        max_spend: op.max('spend'),
        ...Object.fromEntries(trailing),
        spend_last_period: since(lastPeriod),
        earlier: `d => op.sum(d.day >= ${end - 90} && d.day < ${end - 60} ? d.spend : 0)`,
        mean_gap: op.mean('gap'),
        median_gap: op.median('gap'),
        sd_gap: op.stdev('gap'),
        sd_spend: op.stdev('spend'),
        first_spend: op.min('first'),
        last_spend: op.min('last'),
      })
      .derive({
        frequency: 'd => d.n - 1',
        recency: 'd => d.to - d.from',
        T: `d => ${end - 1} - d.from`,
        days_since_last: `d => ${end - 1} - d.to`,
        monetary: 'd => d.n > 1 ? (d.spend - d.first_spend) / (d.n - 1) : 0',
        mean_gap: 'd => d.n > 1 ? d.mean_gap : NaN',
        median_gap: 'd => d.n > 1 ? d.median_gap : NaN',
        sd_gap: 'd => d.n > 2 ? d.sd_gap : NaN',
        sd_spend: 'd => d.n > 1 ? d.sd_spend : NaN',
        spend_trend: 'd => (d.spend_30 - d.earlier) / 2',
        history: `d => ${history}`,
        last_period: `d => ${lastPeriod}`,
      })
      .orderby('customer_id')
      .reify()
    return Object.fromEntries(features.columnNames().map(name => [name, features.array(name) as ArrayLike<unknown>]))
  }
}
