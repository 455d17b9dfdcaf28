import { cos } from '../elementary/trigonometric.ts'

export interface Rule {
  /** Within (-1, 1), ascending. */
  readonly nodes: Float64Array
  /** Sum to 2. */
  readonly weights: Float64Array
}

/**
 * The Gauss and Legendre rule of n points: Σ weight f(node) is the integral of f over [-1, 1], exact for polynomials below
 * degree 2n. Nodes by Newton's method on the Legendre polynomial (Abramowitz and Stegun 25.4.29).
 */
export function gaussLegendre(n: number): Rule {
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let x = -cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 1
    for (let step = 0; step < 6; step++) {
      let [before, now] = [1, x]
      for (let k = 2; k <= n; k++) [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k]
      slope = (n * (x * now - before)) / (x * x - 1)
      x -= now / slope
    }
    nodes[i] = x
    weights[i] = 2 / ((1 - x * x) * slope * slope)
  }
  return { nodes, weights }
}
