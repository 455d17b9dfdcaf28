import { exp2i } from './bits.ts'

export const LN2_HIGH = 0.6931471803691238
export const LN2_LOW = 1.9082149292705877e-10

/** e^x, within 1 ulp. */
export function exp(x: number): number {
  return expOfSum(x, 0)
}

/** e^(x + rest) for a rest far below the last place of x. */
export function expOfSum(x: number, rest: number): number {
  if (Number.isNaN(x)) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019412) return 0
  const k = Math.round(x * Math.LOG2E)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW - rest
  const r = high - low
  const tail = high - r - low
  const value = 1 + (r + (tail + r * r * expTail(r)))
  if (k > 1023) return value * 2 * exp2i(k - 1)
  if (k < -1021) return value * exp2i(k + 64) * 5.421010862427522e-20
  return value * exp2i(k)
}

/** e^x - 1 without cancellation near 0, within 4 ulp. */
export function expm1(x: number): number {
  if (x > -0.34 && x < 0.34) return x === 0 ? x : x + x * x * expTail(x)
  return exp(x) - 1
}

/** (e^r - 1 - r) / r² for |r| <= ln 2 / 2, its Taylor series. */
function expTail(r: number): number {
  return (
    1 / 2 +
    r *
      (1 / 6 +
        r *
          (1 / 24 +
            r *
              (1 / 120 +
                r *
                  (1 / 720 +
                    r *
                      (1 / 5040 +
                        r *
                          (1 / 40320 +
                            r *
                              (1 / 362880 +
                                r * (1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600 + r * (1 / 6227020800)))))))))))
  )
}
