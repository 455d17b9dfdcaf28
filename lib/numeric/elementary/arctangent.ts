/** atan(k / 8) for k = 0 … 8, the nearest double and what it leaves over (mpmath 1.4.1, 50 digits). */
const NODES = [
  0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225, 0.4636476090008061, 0.5585993153435624, 0.6435011087932844,
  0.7188299996216245, 0.7853981633974483,
] as const
const RESTS = [
  0, -3.1253241424539383e-18, 1.0698755618734451e-17, -2.4623815582638635e-17, 2.2698777452961687e-17, -5.4556305485916264e-18,
  1.5834785051444286e-17, -2.1478388444456983e-17, 3.061616997868383e-17,
] as const
const HALF_PI = 1.5707963267948966
const HALF_PI_REST = 6.123233995736766e-17

/** The angle in [-π/2, π/2] whose tangent is x, within 2 ulp. */
export function atan(x: number): number {
  const size = Math.abs(x)
  if (Number.isNaN(x) || x === 0) return x
  const angle = size <= 1 ? acute(size) : HALF_PI - (acute(1 / size) - HALF_PI_REST)
  return x < 0 ? -angle : angle
}

/** atan x for 0 <= x <= 1: atan(k/8) plus the arctangent of what is left, at most 1/16. */
function acute(x: number): number {
  const k = Math.round(8 * x)
  const c = k / 8
  const t = (x - c) / (1 + x * c)
  const z = t * t
  const tail = z * (1 / 3 - z * (1 / 5 - z * (1 / 7 - z * (1 / 9 - z * (1 / 11 - z * (1 / 13 - z / 15))))))
  return (NODES[k] as number) + (t - (t * tail - (RESTS[k] as number)))
}
