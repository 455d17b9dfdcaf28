import { reduceAngle, reduced } from './reduce-angle.ts'

/** sin x within 1 ulp, at any size of x (radians). */
export function sin(x: number): number {
  if (x === 0) return x
  reduceAngle(x)
  return wave(reduced.quarter)
}

/** cos x within 1 ulp, at any size of x (radians). */
export function cos(x: number): number {
  reduceAngle(x)
  return wave(reduced.quarter + 1)
}

/** tan x within 3 ulp, at any size of x (radians). */
export function tan(x: number): number {
  if (x === 0) return x
  reduceAngle(x)
  const { quarter, left, rest } = reduced
  const [s, c] = [sinNear(left, rest), cosNear(left, rest)]
  return quarter % 2 === 0 ? s / c : -c / s
}

function wave(quarter: number): number {
  const { left, rest } = reduced
  switch (quarter % 4) {
    case 0:
      return sinNear(left, rest)
    case 1:
      return cosNear(left, rest)
    case 2:
      return -sinNear(left, rest)
    default:
      return -cosNear(left, rest)
  }
}

/** sin(r + rest) for |r| <= π/4, its Taylor series. */
function sinNear(r: number, rest: number): number {
  const z = r * r
  const tail =
    z *
    (1 / 6 -
      z *
        (1 / 120 -
          z *
            (1 / 5040 -
              z * (1 / 362880 - z * (1 / 39916800 - z * (1 / 6227020800 - z * (1 / 1307674368000 - z / 355687428096000)))))))
  return r - (r * tail - rest * (1 - 0.5 * z))
}

/** cos(r + rest) for |r| <= π/4, its Taylor series. */
function cosNear(r: number, rest: number): number {
  const z = r * r
  const tail =
    z *
    z *
    (1 / 24 -
      z * (1 / 720 - z * (1 / 40320 - z * (1 / 3628800 - z * (1 / 479001600 - z * (1 / 87178291200 - z / 20922789888000))))))
  const half = 0.5 * z
  const most = 1 - half
  return most + (1 - most - half + (tail - r * rest))
}
