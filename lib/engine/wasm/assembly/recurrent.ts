// What recurrent layers have in common. Blocks of rows stay in the nearest caches while time goes by.
import { put } from './bend'
import { known } from './math'
import { panel } from './parts'
import { DEPTH, layer, packed, strip } from './product'

/** Rows that go through time together; lib/engine/program/scratch.ts reserves space for as many. */
export const BLOCK = 32

@inline export function at(base: usize, offset: usize): v128 {
  return v128.load(base + offset)
}

/** Read from memory, see math.ts. */
@inline export function one(): v128 {
  return known(9)
}

/** x (1 - x). */
@inline export function bell(x: v128): v128 {
  return f32x4.mul(x, f32x4.sub(one(), x))
}

/** 1 - x². */
@inline export function cap(x: v128): v128 {
  return f32x4.sub(one(), f32x4.mul(x, x))
}

/** Steps of time that are worth one product; lib/engine/program/scratch.ts reserves space for as many, or for one row's. */
const STEPS = 128

/** Rows whose steps one product of the weights goes over. */
@inline export function rowsTogether(time: i32): i32 {
  return max(1, STEPS / time)
}

/**
 * Adds to `out` (m, n) what the states before the steps of some rows, `u` bytes each, met: the slopes of those steps, `wide` bytes each. The first
 * step of a row is left out: the state before it is 0, so that only zeros would be added. Rows of the batch and their steps keep their order.
 */
export function addMet(states: usize, u: usize, slopes: usize, wide: usize, out: usize, m: i32, n: i32, rows: i32, time: i32): void {
  const later = time - 1
  const steps = rows * later
  const strips = steps <= 2 * DEPTH ? n & ~15 : 0
  for (let j = 0; j < strips; j += 16) {
    const o = <usize>j << 2
    let to = panel
    for (let r = 0; r < rows; r++) to = packed(to, slopes + <usize>(r * time + 1) * wide + o, wide, later)
    strip(states, 4, u, panel, 64, out + o, wide, m, steps, 0, 0, 1)
  }
  if (strips == n) return
  const o = <usize>strips << 2
  for (let r = 0; r < rows; r++) layer(states + <usize>(r * later) * u, 4, u, slopes + <usize>(r * time + 1) * wide + o, wide, out + o, wide, m, n - strips, later, 0, 0, 1)
}

/** A state is laid behind others. */
export function laid(state: usize, to: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(to, v128.load(state))
    state += 16
    to += 16
  }
  if (n > 0) put(to, v128.load(state), n)
}
