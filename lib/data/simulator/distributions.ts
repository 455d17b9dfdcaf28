import { exp, log, pow, type Random } from '../../numeric/index.ts'

/** Standard normal, by Marsaglia's polar method. */
export function normal(random: Random): number {
  for (;;) {
    const u = 2 * random.uniform() - 1
    const v = 2 * random.uniform() - 1
    const s = u * u + v * v
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s)
  }
}

/** Exponential with the given rate. */
export function exponential(random: Random, rate: number): number {
  return -log(1 - random.uniform()) / rate
}

/** Gamma with shape and rate. Source: Marsaglia and Tsang (2000), "A simple method for generating gamma variables". */
export function gamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) return gamma(random, shape + 1, rate) * pow(1 - random.uniform(), 1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    if (log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * log(v)) return (d * v) / rate
  }
}

/** Beta, as a ratio of gammas; one of its ends where both are too small to tell. */
export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a, 1)
  const y = gamma(random, b, 1)
  return x + y === 0 ? (random.uniform() < a / (a + b) ? 1 : 0) : x / (x + y)
}

/** Poisson with a small mean, by multiplying uniforms. */
export function poisson(random: Random, mean: number): number {
  const limit = exp(-mean)
  let count = 0
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++
  return count
}

/** A position drawn with probability proportional to its weight. */
export function categorical(random: Random, weights: readonly number[]): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
  for (let i = 0; i < weights.length - 1; i++) {
    left -= weights[i] as number
    if (left < 0) return i
  }
  return weights.length - 1
}
