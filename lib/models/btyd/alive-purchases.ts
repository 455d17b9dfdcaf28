import { exp, expm1, lbeta, log, log1p, softplus } from '../../numeric/index.ts'

/**
 * Expected purchases within t of a customer who is alive now, buys at rate λ ~ Gamma(k, rate) and leaves after each purchase
 * with probability p ~ Beta(a, b): E[(1 - e^(-λ p t)) / p]. This is what equations 9 and 10 of Fader, Hardie, Lee (2005) have
 * in common. Finite for all positive parameters; t >= 0 in the unit of rate.
 */
export function alivePurchases(k: number, rate: number, a: number, b: number, t: number): number {
  if (t <= 0) return 0
  const z = t / (rate + t)
  if (a <= 20 && a + b - k > -3 && z <= 0.95) return bySeries(k, a, b, t / rate, z)
  return byQuadrature(k, a, b, t / rate)
}

/**
 * The paper's (c / (a-1)) (1 - (1-z)^k ₂F₁(k, b; c; z)), c = a + b - 1, after Euler's transformation ₂F₁(k, b; c; z) =
 * (1-z)^(a-1-k) ₂F₁(c-k, a-1; c; z). The divisions by a - 1 and by c cancel term by term, so that a = 1 and a + b = 1, where
 * the paper's formula is 0 / 0, are nothing special.
 */
function bySeries(k: number, a: number, b: number, y: number, z: number): number {
  const c = a + b - 1
  const first = c - k
  let term = 1
  let sum = 1
  for (let n = 0; n < 5000; n++) {
    term *= (((first + 1 + n) * (a + n)) / ((c + 1 + n) * (n + 2))) * z
    sum += term
    if (Math.abs(term) <= 1e-17 * Math.abs(sum)) break
  }
  const logLeft = -log1p(y)
  const change = a === 1 ? logLeft : expm1((a - 1) * logLeft) / (a - 1)
  return -c * change - exp((a - 1) * logLeft) * first * z * sum
}

/**
 * E[g(p)] with g(p) = (1 - (1 + y p)^-k) / p over u = log(p / (1 - p)) by the trapezoidal rule, whose error vanishes
 * exponentially for such integrands. Where a or b is small and the tails are heavy, g's chord from p = 0 to 1, whose mean is
 * known, is taken off first.
 */
function byQuadrature(k: number, a: number, b: number, y: number): number {
  const at0 = k * y
  const at1 = -expm1(-k * log1p(y))
  const chord = a < 0.5 || b < 0.5
  const logBeta = lbeta(a, b)
  const centre = log(a / b)
  const h = Math.min(0.25, 0.6 * Math.sqrt((a + b) / (a * b)))
  const value = (u: number): number => {
    const left = softplus(-u)
    const weight = exp(-a * left - b * softplus(u) - logBeta)
    if (weight === 0) return 0
    const p = exp(-left)
    const yp = y * p
    const g = yp < 1e-12 ? at0 : -expm1(-k * log1p(yp)) / p
    return weight * (chord ? g - at0 - (at1 - at0) * p : g)
  }
  const scale = chord ? at0 : 0
  let sum = value(centre)
  for (const direction of [1, -1]) {
    let quiet = 0
    for (let i = 1; i < 100_000 && quiet < 8; i++) {
      const term = value(centre + direction * i * h)
      sum += term
      quiet = Math.abs(term) <= 1e-17 * Math.max(Math.abs(sum), scale) ? quiet + 1 : 0
    }
  }
  return chord ? at0 + ((at1 - at0) * a) / (a + b) + h * sum : h * sum
}
