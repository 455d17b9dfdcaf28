/** Sixteen customers with ties on both sides: actual spend and what was foretold; the probability of a return. */
export const ACTUAL = [0, 0, 12.5, 40, 0, 7.25, 130, 0, 12.5, 3, 0, 58, 21, 0, 9.75, 12.5]
export const VALUE = [1, 0, 10, 35, 2, 2, 90, 5, 20, 2, 0, 80, 10, 1, 10, 6.5]
export const RETURNED = ACTUAL.map(each => (each > 0 ? 1 : 0))
export const PROBABILITY = [0.1, 0.05, 0.6, 0.8, 0.4, 0.4, 0.95, 0.55, 0.7, 0.4, 0.05, 0.9, 0.6, 0.1, 0.6, 0.45]
