// Elementary functions on four lanes: plain multiply and add, so the same bits on every machine. Errors in units of the last
// place of float32: exp 1.5, log 1, tanh and sigmoid 3.

@inline function splat(x: f32): v128 {
  return f32x4.splat(x)
}

/**
 * What the exponential needs, four times each: read from memory, for compilers make constants of four lanes anew at every use. The reduction by
 * ln 2 in two parts; the series from 1/7! down; 1; and what makes a whole number the exponent of a power of two. Then the least exponent of a
 * sigmoid, the largest of a tanh, the sign of 0, and the polynomial of a small tanh; 2, and how large a tanh it goes up to.
 */
const TABLE: usize = memory.data<f32>([
  1.44269504, 1.44269504, 1.44269504, 1.44269504,
  0.693359375, 0.693359375, 0.693359375, 0.693359375,
  -2.12194440e-4, -2.12194440e-4, -2.12194440e-4, -2.12194440e-4,
  1.984126984e-4, 1.984126984e-4, 1.984126984e-4, 1.984126984e-4,
  1.388888889e-3, 1.388888889e-3, 1.388888889e-3, 1.388888889e-3,
  8.333333333e-3, 8.333333333e-3, 8.333333333e-3, 8.333333333e-3,
  4.166666667e-2, 4.166666667e-2, 4.166666667e-2, 4.166666667e-2,
  1.666666667e-1, 1.666666667e-1, 1.666666667e-1, 1.666666667e-1,
  0.5, 0.5, 0.5, 0.5,
  1, 1, 1, 1,
  12583039, 12583039, 12583039, 12583039,
  -62, -62, -62, -62,
  30, 30, 30, 30,
  -0.0, -0.0, -0.0, -0.0,
  -5.70498872745e-3, -5.70498872745e-3, -5.70498872745e-3, -5.70498872745e-3,
  2.06390887954e-2, 2.06390887954e-2, 2.06390887954e-2, 2.06390887954e-2,
  -5.37397155531e-2, -5.37397155531e-2, -5.37397155531e-2, -5.37397155531e-2,
  1.33314422036e-1, 1.33314422036e-1, 1.33314422036e-1, 1.33314422036e-1,
  -3.33332819422e-1, -3.33332819422e-1, -3.33332819422e-1, -3.33332819422e-1,
  2, 2, 2, 2,
  0.625, 0.625, 0.625, 0.625,
])

@inline export function known(i: i32): v128 {
  return v128.load(TABLE + (<usize>i << 4))
}

/** x / ln 2, rounded. */
@inline function powerOf(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, known(0)))
}

/** e^(x - k ln 2). */
@inline function remainder(x: v128, k: v128): v128 {
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(k, known(1))), f32x4.mul(k, known(2)))
  let p = known(3)
  p = f32x4.add(f32x4.mul(p, r), known(4))
  p = f32x4.add(f32x4.mul(p, r), known(5))
  p = f32x4.add(f32x4.mul(p, r), known(6))
  p = f32x4.add(f32x4.mul(p, r), known(7))
  p = f32x4.add(f32x4.mul(p, r), known(8))
  return f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), p), r), known(9))
}

/** 2^k for whole k in [-126, 127]: behind 3 · 2^22 + 127 its last bits are the exponent. */
@inline function power2(k: v128): v128 {
  return i32x4.shl(f32x4.add(k, known(10)), 23)
}

export function exp4(x: v128): v128 {
  // of these each is one instruction, and NaN goes through as the first operand
  const limited = f32x4.pmax(f32x4.pmin(x, splat(89)), splat(-104))
  const k = powerOf(limited)
  const half = f32x4.floor(f32x4.mul(k, splat(0.5)))
  return f32x4.mul(f32x4.mul(remainder(limited, k), power2(half)), power2(f32x4.sub(k, half)))
}

/** The same for x in [-62, 62] or NaN, in which one power of two does. */
@inline function expWithin(x: v128): v128 {
  const k = powerOf(x)
  return f32x4.mul(remainder(x, k), power2(k))
}

/** -Infinity at 0, NaN below. */
export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, splat(1.17549435e-38))
  const scaled = v128.bitselect(f32x4.mul(x, splat(8388608)), x, tiny)
  // shifts the mantissa to [sqrt 1/2, sqrt 2)
  const shifted = i32x4.sub(scaled, i32x4.splat(0x3f3504f3))
  const exponent = i32x4.shr_s(shifted, 23)
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3))
  const k = f32x4.sub(f32x4.convert_i32x4_s(exponent), v128.and(tiny, splat(23)))
  const f = f32x4.sub(m, splat(1))
  const s = f32x4.div(f, f32x4.add(f, splat(2)))
  const z = f32x4.mul(s, s)
  let t = splat(2.0 / 11.0)
  t = f32x4.add(f32x4.mul(t, z), splat(2.0 / 9.0))
  t = f32x4.add(f32x4.mul(t, z), splat(2.0 / 7.0))
  t = f32x4.add(f32x4.mul(t, z), splat(2.0 / 5.0))
  t = f32x4.mul(f32x4.add(f32x4.mul(t, z), splat(2.0 / 3.0)), z)
  const half = f32x4.mul(f32x4.mul(f, f), splat(0.5))
  const inner = f32x4.add(f32x4.mul(s, f32x4.add(half, t)), f32x4.mul(k, splat(-2.12194440e-4)))
  let result = f32x4.sub(f32x4.mul(k, splat(0.693359375)), f32x4.sub(f32x4.sub(half, inner), f))
  result = v128.bitselect(splat(-Infinity), result, f32x4.eq(x, splat(0)))
  result = v128.bitselect(splat(Infinity), result, f32x4.eq(x, splat(Infinity)))
  return v128.bitselect(result, splat(NaN), f32x4.ge(x, splat(0)))
}

/** log(1 + e) for e in [0, 1]. */
@inline function log1pUnit(e: v128): v128 {
  const u = f32x4.add(e, splat(1))
  return f32x4.add(log4(u), f32x4.div(f32x4.sub(e, f32x4.sub(u, splat(1))), u))
}

/** 1 / (1 + e^-x), at least e^-62. */
export function sigmoid4(x: v128): v128 {
  const e = expWithin(f32x4.pmax(v128.or(x, known(13)), known(11)))
  // e is at most 1: the larger of it and 1 from 0 on, of it and 0 below
  return f32x4.div(f32x4.pmax(e, v128.andnot(known(9), i32x4.shr_s(x, 31))), f32x4.add(e, known(9)))
}

export function softplus4(x: v128): v128 {
  return f32x4.add(f32x4.max(x, splat(0)), log1pUnit(exp4(f32x4.neg(f32x4.abs(x)))))
}

export function tanh4(x: v128): v128 {
  const size = v128.andnot(x, known(13))
  const z = f32x4.mul(x, x)
  let p = known(14)
  p = f32x4.add(f32x4.mul(p, z), known(15))
  p = f32x4.add(f32x4.mul(p, z), known(16))
  p = f32x4.add(f32x4.mul(p, z), known(17))
  p = f32x4.add(f32x4.mul(p, z), known(18))
  const near = f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x)
  // from 15 on it is 1
  const far = f32x4.sub(known(9), f32x4.div(known(19), f32x4.add(expWithin(f32x4.pmin(f32x4.add(size, size), known(12))), known(9))))
  const signed = v128.or(far, v128.and(x, known(13)))
  return v128.bitselect(near, signed, f32x4.lt(size, known(20)))
}

/** cos(2 pi u) for u in [0, 1), by quarter turns. */
export function cosTurn4(u: v128): v128 {
  const quarter = f32x4.nearest(f32x4.mul(u, splat(4)))
  const r = f32x4.mul(f32x4.sub(f32x4.mul(u, splat(4)), quarter), splat(1.57079633))
  const z = f32x4.mul(r, r)
  let c = splat(1.0 / 40320.0)
  c = f32x4.sub(f32x4.mul(c, z), splat(1.0 / 720.0))
  c = f32x4.add(f32x4.mul(c, z), splat(1.0 / 24.0))
  c = f32x4.sub(f32x4.mul(c, z), splat(0.5))
  c = f32x4.add(f32x4.mul(c, z), splat(1))
  let s = splat(-1.0 / 5040.0)
  s = f32x4.add(f32x4.mul(s, z), splat(1.0 / 120.0))
  s = f32x4.sub(f32x4.mul(s, z), splat(1.0 / 6.0))
  s = f32x4.add(f32x4.mul(f32x4.mul(s, z), r), r)
  const k = i32x4.trunc_sat_f32x4_s(quarter)
  const odd = i32x4.eq(v128.and(k, i32x4.splat(1)), i32x4.splat(1))
  const value = v128.bitselect(s, c, odd)
  const negative = i32x4.eq(v128.and(i32x4.add(k, i32x4.splat(1)), i32x4.splat(2)), i32x4.splat(2))
  return v128.bitselect(f32x4.neg(value), value, negative)
}

/** x P(x²) / Q(x²) on [-4, 4], beyond which it is ±1 to the last place: the minimax fraction of Eigen and XLA. Error below 5e-7. */
export function erf4(x: v128): v128 {
  const limited = f32x4.max(f32x4.min(x, splat(4)), splat(-4))
  const z = f32x4.mul(limited, limited)
  let p = splat(-2.72614225801306e-10)
  p = f32x4.add(f32x4.mul(p, z), splat(2.77068142495902e-8))
  p = f32x4.add(f32x4.mul(p, z), splat(-2.10102402082508e-6))
  p = f32x4.add(f32x4.mul(p, z), splat(-5.69250639462346e-5))
  p = f32x4.add(f32x4.mul(p, z), splat(-7.34990630326855e-4))
  p = f32x4.add(f32x4.mul(p, z), splat(-2.95459980854025e-3))
  p = f32x4.add(f32x4.mul(p, z), splat(-1.60960333262415e-2))
  let q = splat(-1.45660718464996e-5)
  q = f32x4.add(f32x4.mul(q, z), splat(-2.13374055278905e-4))
  q = f32x4.add(f32x4.mul(q, z), splat(-1.68282697438203e-3))
  q = f32x4.add(f32x4.mul(q, z), splat(-7.37332916720468e-3))
  q = f32x4.add(f32x4.mul(q, z), splat(-1.42647390514189e-2))
  return f32x4.div(f32x4.mul(limited, p), q)
}

/**
 * x, or 0 where it is nearer to 0 than `least`; NaN stays. Numbers below 1.2e-38 cost a processor a hundred times as much as others: a network that
 * is sure of its rows has gradients that small, and products with them.
 */
@inline export function settled(x: v128, least: f32): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), splat(least)))
}
