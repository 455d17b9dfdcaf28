// The gated recurrent unit over all of time. The equations are those of lib/engine/graph/recurrent.ts; what each step makes lies side by side,
// (rows, time, parts x units).
import { put, sigmoids, tanhs } from './bend'
import { product } from './product'
import { addMet, bell, BLOCK, cap, laid, one, rowsTogether } from './recurrent'
import { transpose } from './transpose'

/** `made`: h, z, r, candidate. `scratch` holds BLOCK x 5 units: what time passes on lies close together there, not a whole history apart. */
export function gru(seen: usize, gates: usize, candidate: usize, made: usize, rows: i32, time: i32, units: i32, scratch: usize): void {
  const u = <usize>units << 2
  const step = 4 * u
  const row = <usize>time * step
  const open = scratch
  const reset = scratch + BLOCK * 2 * u
  const fresh = reset + BLOCK * u
  const now = fresh + BLOCK * u
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first)
    memory.fill(now, 0, BLOCK * u)
    for (let t = 0; t < time; t++) {
      const h = made + <usize>first * row + <usize>t * step
      const s = seen + (<usize>first * <usize>time + <usize>t) * 3 * u
      const sRow = <usize>time * 3 * u
      if (t > 0) product(now, u, 4, gates, 2 * u, open, 2 * u, count, 2 * units, units, 0, 0)
      else memory.fill(scratch, 0, BLOCK * 4 * u)
      for (let r = 0; r < count; r++) {
        const to = h + <usize>r * row
        sigmoids(s + <usize>r * sRow, open + <usize>r * 2 * u, to + u, 2 * units)
        through(to + 2 * u, now + <usize>r * u, reset + <usize>r * u, units)
      }
      if (t > 0) product(reset, u, 4, candidate, u, fresh, u, count, units, units, 0, 0)
      for (let r = 0; r < count; r++) {
        const to = h + <usize>r * row
        tanhs(s + <usize>r * sRow + 2 * u, fresh + <usize>r * u, to + 3 * u, units)
        blend(to + u, to + 3 * u, now + <usize>r * u, to, units)
      }
    }
  }
}

/** What gates let through of states. */
function through(gates: usize, states: usize, to: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    letThrough(gates, states, to, 4)
    gates += 16
    states += 16
    to += 16
  }
  if (n > 0) letThrough(gates, states, to, n)
}

@inline function letThrough(gates: usize, states: usize, to: usize, left: i32): void {
  put(to, f32x4.mul(v128.load(gates), v128.load(states)), left)
}

/** What is kept of a state where z is 1, the candidate where it is 0: in place of the state, and to `to`. */
function blend(z: usize, candidate: usize, state: usize, to: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    blended(z, candidate, state, to, 4)
    z += 16
    candidate += 16
    state += 16
    to += 16
  }
  if (n > 0) blended(z, candidate, state, to, n)
}

@inline function blended(z: usize, candidate: usize, state: usize, to: usize, left: i32): void {
  const c = v128.load(candidate)
  const next = f32x4.add(c, f32x4.mul(v128.load(z), f32x4.sub(v128.load(state), c)))
  put(state, next, left)
  put(to, next, left)
}

/**
 * The slopes of z, r and candidate before they are bent. `scratch` holds BLOCK x 3 units, a row of zeros (the state before the first step), then 3
 * units x units.
 */
export function gruSlopes(slope: usize, made: usize, gates: usize, candidate: usize, out: usize, rows: i32, time: i32, units: i32, scratch: usize): void {
  const u = <usize>units << 2
  const step = 4 * u
  const row = <usize>time * step
  const dRow = <usize>time * 3 * u
  const carried = scratch
  const reset = scratch + BLOCK * u
  const back = reset + BLOCK * u
  const none = back + BLOCK * u
  const gatesT = none + u
  const candidateT = gatesT + 2 * u * <usize>units
  transpose(gates, gatesT, units, 2 * units, u)
  transpose(candidate, candidateT, units, units, u)
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first)
    memory.fill(scratch, 0, (BLOCK * 3 + 1) * u)
    for (let t = time - 1; t >= 0; t--) {
      const place = <usize>first * <usize>time + <usize>t
      const d0 = out + place * 3 * u
      for (let r = 0; r < count; r++) {
        const o = <usize>r * u
        const here = made + place * step + <usize>r * row
        const g = slope + (place + <usize>r * <usize>time) * u
        backThroughBlend(g, carried + o, back + o, here + u, here + 3 * u, t > 0 ? here - step : none, d0 + <usize>r * dRow, 2 * u, units)
      }
      product(d0 + 2 * u, dRow, 4, candidateT, u, reset, u, count, units, units, 0, 0)
      for (let r = 0; r < count; r++) {
        const o = <usize>r * u
        const here = made + place * step + <usize>r * row
        backThroughReset(reset + o, here + 2 * u, t > 0 ? here - step : none, carried + o, d0 + <usize>r * dRow + u, units)
      }
      if (t > 0) product(d0, dRow, 4, gatesT, u, back, u, count, units, 2 * units, 0, 0)
    }
  }
}

/** To the slopes of z and, `further` on, of the candidate; what is left to the state before, in place of what was carried here. */
function backThroughBlend(slope: usize, carried: usize, back: usize, z: usize, candidate: usize, before: usize, to: usize, further: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    backFromBlended(slope, carried, back, z, candidate, before, to, further, 4)
    slope += 16
    carried += 16
    back += 16
    z += 16
    candidate += 16
    before += 16
    to += 16
  }
  if (n > 0) backFromBlended(slope, carried, back, z, candidate, before, to, further, n)
}

@inline function backFromBlended(slope: usize, carried: usize, back: usize, z: usize, candidate: usize, before: usize, to: usize, further: usize, left: i32): void {
  const dh = f32x4.add(v128.load(slope), f32x4.add(v128.load(carried), v128.load(back)))
  const keep = v128.load(z)
  const c = v128.load(candidate)
  put(to, f32x4.mul(f32x4.mul(dh, f32x4.sub(v128.load(before), c)), bell(keep)), left)
  put(to + further, f32x4.mul(f32x4.mul(dh, f32x4.sub(one(), keep)), cap(c)), left)
  put(carried, f32x4.mul(dh, keep), left)
}

/** From the slopes of what the reset gate let through: to those of the gate, and to the state before. */
function backThroughReset(slope: usize, gate: usize, before: usize, carried: usize, to: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    backFromReset(slope, gate, before, carried, to, 4)
    slope += 16
    gate += 16
    before += 16
    carried += 16
    to += 16
  }
  if (n > 0) backFromReset(slope, gate, before, carried, to, n)
}

@inline function backFromReset(slope: usize, gate: usize, before: usize, carried: usize, to: usize, left: i32): void {
  const f = v128.load(slope)
  const q = v128.load(gate)
  put(to, f32x4.mul(f32x4.mul(f, v128.load(before)), bell(q)), left)
  put(carried, f32x4.add(v128.load(carried), f32x4.mul(f, q)), left)
}

/**
 * Adds up what the states before each step met, row of the batch by row, for units `from` up to `to`. `scratch` holds the states before the steps
 * of some rows twice: as they were, and as the reset gates let them through.
 */
export function gruWeights(made: usize, slopes: usize, out: usize, rows: i32, time: i32, units: i32, scratch: usize, from: i32, to: i32): void {
  const u = <usize>units << 2
  const wide = 3 * u
  const own = out + <usize>from * wide
  const start = <usize>from << 2
  const width = to - from
  const together = rowsTogether(time)
  const reset = scratch + <usize>(together * time) * u
  memory.fill(own, 0, <usize>width * wide)
  for (let r = 0; r < rows; r += together) {
    const count = min(together, rows - r)
    let place = start
    for (let each = 0; each < count; each++, made += 4 * u) {
      for (let t = 1; t < time; t++, made += 4 * u, place += u) {
        laid(made + start, scratch + place, width)
        through(made + 6 * u + start, made + start, reset + place, width)
      }
    }
    addMet(scratch + start, u, slopes, wide, own, width, 2 * units, count, time)
    addMet(reset + start, u, slopes + 2 * u, wide, own + 2 * u, width, units, count, time)
    slopes += <usize>(count * time) * wide
  }
}
