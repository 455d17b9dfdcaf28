export interface Category {
  readonly name: string
  /** Share of order lines on a plain day, and in the six weeks before Christmas. */
  readonly share: number
  readonly christmas: number
  /** Probability that a line is sent back. */
  readonly returned: number
  readonly products: readonly Product[]
}

export interface Product {
  readonly id: string
  /** List price, cents. What is paid varies about it with promotions. */
  readonly price: number
}

const CATEGORIES: readonly (readonly [string, number, number, number, number])[] = [
  ['fashion', 0.28, 0.22, 0.13, 1900],
  ['home', 0.22, 0.18, 0.05, 1600],
  ['beauty', 0.17, 0.17, 0.03, 1100],
  ['books', 0.14, 0.12, 0.02, 800],
  ['toys', 0.09, 0.22, 0.04, 1300],
  ['garden', 0.1, 0.09, 0.05, 1700],
]

/** Twelve products a category, from a third of its typical price to eight times it. */
export const CATALOGUE: readonly Category[] = CATEGORIES.map(([name, share, christmas, returned, typical]) => ({
  name,
  share,
  christmas,
  returned,
  products: [0.3, 0.4, 0.55, 0.7, 0.85, 1, 1.3, 1.7, 2.2, 3.2, 5, 8].map((factor, i) => ({
    id: `${name}-${String(i + 1).padStart(2, '0')}`,
    price: Math.round((typical * factor) / 10) * 10 - 1,
  })),
}))
