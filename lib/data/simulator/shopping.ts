import type { Random } from '../../numeric/index.ts'
import { DAY } from './campaign.ts'
import { drawRating, type Person } from './customer.ts'
import type { CustomerLog, Order } from './customer-log.ts'
import { drawLines } from './order.ts'
import { reviewText } from './review-text.ts'

/** Order lines, returns 3 to 25 days later, reviews 2 to 20 days later; both may come after dropout, none after the log's end. */
export function shop(random: Random, person: Person, end: number, orders: readonly Order[], log: CustomerLog): void {
  orders.forEach((order, i) => {
    const orderId = `${log.id}-${i + 1}`
    const lines = drawLines(random, order.cents, order.seconds, person.favourite)
    for (const { category, product, quantity, cents } of lines) {
      const line = { orderId, product: product.id, category: category.name, quantity }
      log.add(order.seconds, 'purchase', cents, line)
      const back = order.seconds + Math.floor((3 + 22 * random.uniform()) * DAY)
      if (random.uniform() < category.returned && back < end) log.add(back, 'return', -cents, line)
    }
    const said = order.seconds + Math.floor((2 + 18 * random.uniform()) * DAY)
    if (random.uniform() < 0.12 && said < end) {
      const rating = drawRating(random, person.hazard)
      const { category, product } = lines[0] as (typeof lines)[number]
      log.add(said, 'review', 0, {
        orderId,
        product: product.id,
        category: category.name,
        rating,
        text: reviewText(random, rating, category.name),
      })
    }
  })
}
