import { exp, expm1, gaussLegendre, log, log1p } from '../../numeric/index.ts'

/** h(u) = (β + e^(bu) - 1) / b: somebody's chance to last longer than u is (h(0) / h(u))^s. b per unit of time, β a number. */
export interface Gompertz {
  readonly b: number
  readonly beta: number
}

/** The integrand e^(growth · bu) (α + u)^-p h(u)^-q. */
export interface GompertzIntegrand extends Gompertz {
  readonly alpha: number
  readonly p: number
  readonly q: number
  readonly growth: 0 | 1
}

/** Means over the integrand, for derivatives of the integral's logarithm. */
export interface GompertzMeans {
  /** Of log(α + u) and 1 / (α + u). */
  logAlpha: number
  overAlpha: number
  /** Of log h and 1 / h. */
  logH: number
  overH: number
  /** Of u, and of the derivative of log h by b while h(0) = β / b stays. */
  u: number
  hByB: number
}

const SHORT = gaussLegendre(8)
const LONG = gaussLegendre(16)

/**
 * log ∫ e^(growth · bu) (α + u)^-p h(u)^-q du over u from `from` to `to`; -Infinity over nothing. Where b goes to 0 and β / b stays, h
 * is β / b + u, and this is the `decayIntegral` of Pareto/NBD. Over v = log(min(α, β / b) + u) by Gauss and Legendre rules, on
 * pieces over which the factors change by e^12 at most, and bu by no more than 4: the poles of h^-q lie at a height of π / b.
 */
export function gompertzIntegral(integrand: GompertzIntegrand, from: number, to: number, means?: GompertzMeans): number {
  const { alpha, b, beta, p, q, growth } = integrand
  const near = Math.min(alpha, beta / b)
  const start = log(near + from)
  const length = log1p((to - from) / (near + from))
  if (!(length > 0)) {
    if (means !== undefined) Object.assign(means, { logAlpha: 0, overAlpha: 0, logH: 0, overH: 0, u: 0, hByB: 0 })
    return -Infinity
  }
  const rise = b * (to - from)
  const logH0 = logH(integrand, from)
  const fall = p * log1p((to - from) / (alpha + from)) + q * (logH(integrand, to) - logH0) + growth * rise
  const steps = rise <= 4 ? 1 : (b * (near + to) * length) / 4
  const pieces = Math.max(1, Math.ceil(Math.max(fall / 12, length / 3, steps)))
  const rule = pieces === 1 && fall <= 2 && length <= 1 && rise <= 1 ? SHORT : LONG
  const origin = growth * b * from - p * log(alpha + from) - q * logH0 + start
  const half = length / pieces / 2
  let [sum, logA, overA, logHs, overH, us, hByB, before] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let piece = 0; piece < pieces; piece++) {
    let part = 0
    for (let i = 0; i < rule.nodes.length; i++) {
      const v = start + half * (2 * piece + 1 + (rule.nodes[i] as number))
      const u = exp(v) - near
      const [logAlpha, logHere] = [log(alpha + u), logH(integrand, u)]
      const weight = (rule.weights[i] as number) * exp(growth * b * u - p * logAlpha - q * logHere + v - origin)
      part += weight
      if (means === undefined) continue
      logA += weight * logAlpha
      overA += weight / (alpha + u)
      logHs += weight * logHere
      overH += weight * exp(-logHere)
      us += weight * u
      hByB += weight * logHByB(integrand, u)
    }
    sum += part
    if (part < before && part < 1e-24 * sum) break
    before = part
  }
  if (means !== undefined) {
    const each = { logAlpha: logA, overAlpha: overA, logH: logHs, overH, u: us, hByB }
    Object.assign(means, Object.fromEntries(Object.entries(each).map(([name, total]) => [name, total / sum])))
  }
  return origin + log(half * sum)
}

/** log h(u), finite wherever bu is. */
export function logH({ b, beta }: Gompertz, u: number): number {
  const y = b * u
  return y < 30 ? log((beta + expm1(y)) / b) : y - log(b) + log1p((beta - 1) * exp(-y))
}

/** The derivative of log h(u) by b while β / b stays: (bu e^(bu) - e^(bu) + 1) / (b (β + e^(bu) - 1)). */
export function logHByB({ b, beta }: Gompertz, u: number): number {
  const y = b * u
  if (y >= 1) return (y - 1 + exp(-y)) / (b * (1 + (beta - 1) * exp(-y)))
  const gain = y < 0.01 ? y * y * (1 / 2 + y * (1 / 3 + y * (1 / 8 + y * (1 / 30 + y / 144)))) : y * exp(y) - expm1(y)
  return gain / (b * (beta + expm1(y)))
}
