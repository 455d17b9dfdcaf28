import { exp } from '../../numeric/index.ts'
import { daysBetween, parseDay } from '../days.ts'

const HOURS = [1, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 2, 4, 5, 6, 6, 7, 6, 6, 6, 6, 7, 8, 10, 11, 9, 6, 3]
const WEEKDAYS = [1.18, 1.05, 0.98, 0.95, 0.94, 0.9, 1]
const hoursTotal = HOURS.reduce((a, b) => a + b)

/**
 * The shop's clock: it runs fast in the evening, on Sundays and before Christmas, and slowly at night and in summer, with a mean
 * near one. Purchases and dropout run on it, so that the closed forms of the models hold on it exactly. Unit: weeks.
 */
export class ShopClock {
  /** Seconds since 1970 at which the clock starts. */
  readonly start: number
  private readonly cumulative: Float64Array

  constructor(from: string, until: string) {
    this.start = parseDay(from, 'from') / 1000
    const days = daysBetween(from, until) + 1
    this.cumulative = new Float64Array(days * 24 + 1)
    for (let h = 0; h < days * 24; h++) {
      const pace = (dayWeight(this.start + Math.floor(h / 24) * 86_400) * ((HOURS[h % 24] as number) / hoursTotal)) / 7
      this.cumulative[h + 1] = (this.cumulative[h] as number) + pace
    }
  }

  /** Shop weeks from the start until a time in seconds since 1970. */
  at(seconds: number): number {
    const hours = (seconds - this.start) / 3600
    const h = Math.max(0, Math.min(this.cumulative.length - 2, Math.floor(hours)))
    const low = this.cumulative[h] as number
    return low + ((this.cumulative[h + 1] as number) - low) * (hours - h)
  }

  /** The second since 1970 at which so many shop weeks have passed. Infinity beyond the clock's end. */
  timeOf(weeks: number): number {
    let low = 0
    let high = this.cumulative.length - 1
    if (weeks >= (this.cumulative[high] as number)) return Infinity
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((this.cumulative[middle] as number) <= weeks) low = middle
      else high = middle
    }
    const floor = this.cumulative[low] as number
    return Math.floor(this.start + (low + (weeks - floor) / ((this.cumulative[high] as number) - floor)) * 3600)
  }
}

/** How busy a day is against the mean day. */
function dayWeight(seconds: number): number {
  const date = new Date(seconds * 1000)
  const day = (seconds - Date.UTC(date.getUTCFullYear(), 0, 1) / 1000) / 86_400
  const bump = (centre: number, width: number): number => exp(-0.5 * ((day - centre) / width) * ((day - centre) / width))
  return (WEEKDAYS[date.getUTCDay()] as number) * (0.93 + 0.9 * bump(341, 12) + 0.5 * bump(329, 2) - 0.14 * bump(210, 25))
}
