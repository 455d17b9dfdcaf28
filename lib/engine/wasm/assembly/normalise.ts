// What normalising rows and columns have in common.

@inline export function at(x: usize, i: i32): usize {
  return x + (<usize>i << 2)
}

@inline export function squared(x: v128): v128 {
  return f32x4.mul(x, x)
}

@inline export function scaled(x: v128, centre: v128, scale: v128): v128 {
  return f32x4.mul(f32x4.sub(x, centre), scale)
}

/** The gradient of one vector: its own g, what all and what the normalised ones have in common taken away. */
@inline export function left(g: v128, y: v128, all: v128, along: v128, scale: v128): v128 {
  return f32x4.mul(f32x4.sub(f32x4.sub(g, all), f32x4.mul(y, along)), scale)
}
