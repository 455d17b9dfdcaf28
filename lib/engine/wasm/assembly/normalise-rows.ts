// Rows of a matrix brought to mean 0 and variance 1, and the gradients of that. The order of every addition depends on the number of columns
// alone.
import { at, left, scaled, squared } from './normalise'

/** The four lanes of a sum and what did not fill four, as one. */
@inline function together(lanes: v128, rest: f32): f32 {
  return ((f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1)) + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))) + rest
}

/** The mean of n values. */
function mean(x: usize, n: i32): f32 {
  let lanes = f32x4.splat(0)
  let i = 0
  for (; i + 4 <= n; i += 4) lanes = f32x4.add(lanes, v128.load(at(x, i)))
  let rest: f32 = 0
  for (; i < n; i++) rest += load<f32>(at(x, i))
  return together(lanes, rest) / <f32>n
}

/** 1 / √(variance + epsilon) of n values around their mean. */
function inverseDeviation(x: usize, n: i32, centre: f32, epsilon: f32): f32 {
  const middle = f32x4.splat(centre)
  let lanes = f32x4.splat(0)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const d = f32x4.sub(v128.load(at(x, i)), middle)
    lanes = f32x4.add(lanes, squared(d))
  }
  let rest: f32 = 0
  for (; i < n; i++) {
    const d = load<f32>(at(x, i)) - centre
    rest += d * d
  }
  return <f32>1 / sqrt<f32>(together(lanes, rest) / <f32>n + epsilon)
}

export function normaliseRows(x: usize, out: usize, rows: i32, columns: i32, epsilon: f32): void {
  const bytes = <usize>columns << 2
  for (let r = 0; r < rows; r++, x += bytes, out += bytes) {
    const centre = mean(x, columns)
    const scale = inverseDeviation(x, columns, centre, epsilon)
    let i = 0
    for (; i + 4 <= columns; i += 4) v128.store(at(out, i), scaled(v128.load(at(x, i)), f32x4.splat(centre), f32x4.splat(scale)))
    for (; i < columns; i++) store<f32>(at(out, i), (load<f32>(at(x, i)) - centre) * scale)
  }
}

/** (g - mean g - y mean(g y)) / deviation, y being the normalised x. */
export function rowSlopes(g: usize, x: usize, out: usize, rows: i32, columns: i32, epsilon: f32): void {
  const bytes = <usize>columns << 2
  for (let r = 0; r < rows; r++, g += bytes, x += bytes, out += bytes) {
    const centre = mean(x, columns)
    const scale = inverseDeviation(x, columns, centre, epsilon)
    const middle = f32x4.splat(centre)
    const scales = f32x4.splat(scale)
    let sums = f32x4.splat(0)
    let products = f32x4.splat(0)
    let i = 0
    for (; i + 4 <= columns; i += 4) {
      const own = v128.load(at(g, i))
      sums = f32x4.add(sums, own)
      products = f32x4.add(products, f32x4.mul(own, scaled(v128.load(at(x, i)), middle, scales)))
    }
    let sum: f32 = 0
    let product: f32 = 0
    for (; i < columns; i++) {
      const own = load<f32>(at(g, i))
      sum += own
      product += own * ((load<f32>(at(x, i)) - centre) * scale)
    }
    const all = together(sums, sum) / <f32>columns
    const along = together(products, product) / <f32>columns
    for (i = 0; i + 4 <= columns; i += 4) {
      const y = scaled(v128.load(at(x, i)), middle, scales)
      v128.store(at(out, i), left(v128.load(at(g, i)), y, f32x4.splat(all), f32x4.splat(along), scales))
    }
    for (; i < columns; i++) {
      const y = (load<f32>(at(x, i)) - centre) * scale
      store<f32>(at(out, i), (load<f32>(at(g, i)) - all - y * along) * scale)
    }
  }
}
