import { exponential, gamma, poisson, type Random } from '../../numeric/index.ts'
import { DAY } from './campaign.ts'
import type { ShopClock } from './clock.ts'
import { drawPages, type Person } from './customer.ts'
import type { CustomerLog, Order } from './customer-log.ts'

/** Sessions in the days before each order, and idle ones, all from birth until `last`: dropout or the log's end, in seconds. */
export function browse(
  random: Random,
  clock: ShopClock,
  person: Person,
  birth: number,
  last: number,
  orders: readonly Order[],
  log: CustomerLog,
): void {
  const visit = (seconds: number): void => {
    const pages = drawPages(random)
    const duration = Math.round(gamma(random, 2 * pages, 1 / 25))
    if (seconds >= birth && seconds < last)
      log.add(seconds, 'browse', 0, { pages: Math.min(pages, 200), duration: Math.min(duration, 7200) })
  }
  for (const order of orders)
    for (let n = poisson(random, 1.3); n > 0; n--) visit(Math.floor(order.seconds - 60 - exponential(random, 1 / (1.5 * DAY))))
  const rate = 0.01 + 0.8 * Math.min(person.lambda, 2)
  const until = clock.at(last)
  for (let now = clock.at(birth) + exponential(random, rate); now < until; now += exponential(random, rate))
    visit(clock.timeOf(now))
}
