import { categorical, gamma, poisson, type Random } from '../../numeric/index.ts'
import { CATALOGUE, type Category, type Product } from './catalogue.ts'

export interface OrderLine {
  readonly category: Category
  readonly product: Product
  readonly quantity: number
  readonly cents: number
}

const MOST = 1e11

/** An order's value in cents, at least one and at most a thousand million money: Gamma(p, p / mean). */
export function drawValue(random: Random, shape: number, mean: number): number {
  return Math.max(1, Math.min(MOST, Math.round(100 * gamma(random, shape, shape / mean))))
}

/** Splits an order's value into lines that add up to it exactly; each takes a product whose price fits its share. */
export function drawLines(random: Random, cents: number, seconds: number, favourite: number): readonly OrderLine[] {
  const count = Math.min(1 + poisson(random, 0.8), 8, Math.max(1, Math.floor(cents / 500)))
  const weights = Array.from({ length: count }, () => 0.3 + random.uniform())
  const total = weights.reduce((a, b) => a + b)
  const date = new Date(seconds * 1000)
  const christmas = date.getUTCMonth() === 11 || (date.getUTCMonth() === 10 && date.getUTCDate() > 12)
  const popularity = CATALOGUE.map((entry, k) => (christmas ? entry.christmas : entry.share) * (k === favourite ? 4 : 1))
  let left = cents
  return weights.map((weight, i) => {
    const share = i === count - 1 ? left : Math.floor((cents * weight) / total)
    left -= share
    const category = CATALOGUE[categorical(random, popularity)] as Category
    const fitting = category.products.filter(entry => entry.price <= share * 1.15)
    const product = (
      fitting.length === 0 ? category.products[0] : fitting[Math.max(0, fitting.length - 1 - random.integer(3))]
    ) as Product
    return { category, product, quantity: Math.max(1, Math.round(share / product.price)), cents: share }
  })
}
