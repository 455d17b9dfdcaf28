import { percentileInterval, type Interval } from './percentile-interval.ts'
import { drawnIn, type Resampling } from './resampling.ts'

/** Where a group's shares could also lie: the middle 95% over resampled customers. */
export interface ShareIntervals {
  /** Of all customers. */
  readonly customers: Interval
  /** Of the sum over all customers. */
  readonly value: Interval
}

/** By group, where its share of customers and its share of their value lie. Empty without resamples, or where nothing is to be shared. */
export function shareIntervals(
  groups: ArrayLike<string>,
  values: ArrayLike<number>,
  resampling: Resampling,
): ReadonlyMap<string, ShareIntervals> {
  const names = [...new Set(Array.from(groups))]
  const place = new Map(names.map((name, i) => [name, i]))
  const groupOf = Uint32Array.from({ length: groups.length }, (_, row) => place.get(groups[row] as string) as number)
  const customers = names.map(() => new Float64Array(resampling.resamples))
  const value = names.map(() => new Float64Array(resampling.resamples))
  for (let b = 0; b < resampling.resamples; b++) {
    const drawn = drawnIn(b, resampling, groups.length)
    const sums = new Float64Array(names.length)
    const counts = new Float64Array(names.length)
    let all = 0
    for (let row = 0; row < groups.length; row++) {
      const [group, times] = [groupOf[row] as number, drawn[row] as number]
      counts[group] = (counts[group] as number) + times
      sums[group] = (sums[group] as number) + times * (values[row] as number)
      all += times * (values[row] as number)
    }
    names.forEach((_, group) => {
      ;(customers[group] as Float64Array)[b] = (counts[group] as number) / groups.length
      ;(value[group] as Float64Array)[b] = (sums[group] as number) / all
    })
  }
  return new Map(
    names.flatMap((name, group) => {
      const [ofCustomers, ofValue] = [customers, value].map(each => percentileInterval(each[group] as Float64Array))
      return ofCustomers === undefined || ofValue === undefined ? [] : [[name, { customers: ofCustomers, value: ofValue }]]
    }),
  )
}
