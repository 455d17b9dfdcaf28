/**
 * The Gauss hypergeometric function ₂F₁(a, b; c; z) for 0 <= z < 1 by its power series (Abramowitz and Stegun 15.1.1); all
 * terms share a sign in the cases that purchase models need. NaN where it does not settle within a million terms.
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < 1_000_000; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) <= 1e-16 * Math.abs(sum) && n > -c) return sum
  }
  return NaN
}
