// Recurrent layers over all of time: blocks of rows stay in the nearest caches while time goes by. The equations are those of
// lib/engine/graph/recurrent.ts; what each step makes lies side by side, (rows, time, parts x units).
import { sigmoid4, tanh4 } from './math'
import { layer, product } from './product'
import { transpose } from './transpose'

/** Rows that go through time together; lib/engine/program/scratch.ts reserves space for as many. */
const BLOCK = 32

@inline function at(base: usize, offset: usize): v128 {
  return v128.load(base + offset)
}

@inline function one(): v128 {
  return f32x4.splat(1)
}

/** Stores `left` lanes, four at most. */
@inline function put(to: usize, value: v128, left: i32): void {
  if (left >= 4) {
    v128.store(to, value)
    return
  }
  v128.store_lane<f32>(to, value, 0)
  if (left > 1) v128.store_lane<f32>(to, value, 1, 4)
  if (left > 2) v128.store_lane<f32>(to, value, 2, 8)
}

/** x (1 - x). */
@inline function bell(x: v128): v128 {
  return f32x4.mul(x, f32x4.sub(one(), x))
}

/** 1 - x². */
@inline function cap(x: v128): v128 {
  return f32x4.sub(one(), f32x4.mul(x, x))
}

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
        const last = now + <usize>r * u
        const to = h + <usize>r * row
        const own = s + <usize>r * sRow
        const g = open + <usize>r * 2 * u
        const k = reset + <usize>r * u
        for (let j = 0; j < units; j += 4) {
          const o = <usize>j << 2
          const left = units - j
          const z = sigmoid4(f32x4.add(at(own, o), at(g, o)))
          const q = sigmoid4(f32x4.add(at(own, u + o), at(g, u + o)))
          put(to + u + o, z, left)
          put(to + 2 * u + o, q, left)
          put(k + o, f32x4.mul(q, at(last, o)), left)
        }
      }
      if (t > 0) product(reset, u, 4, candidate, u, fresh, u, count, units, units, 0, 0)
      for (let r = 0; r < count; r++) {
        const last = now + <usize>r * u
        const to = h + <usize>r * row
        const own = s + <usize>r * sRow + 2 * u
        const f = fresh + <usize>r * u
        for (let j = 0; j < units; j += 4) {
          const o = <usize>j << 2
          const left = units - j
          const c = tanh4(f32x4.add(at(own, o), at(f, o)))
          const next = f32x4.add(c, f32x4.mul(at(to, u + o), f32x4.sub(at(last, o), c)))
          put(to + 3 * u + o, c, left)
          put(to + o, next, left)
          put(last + o, next, left)
        }
      }
    }
  }
}

/** The slopes of z, r and candidate before they are bent. `scratch` holds BLOCK x 3 units, then 3 units x units. */
export function gruSlopes(slope: usize, made: usize, gates: usize, candidate: usize, out: usize, rows: i32, time: i32, units: i32, scratch: usize): void {
  const u = <usize>units << 2
  const step = 4 * u
  const row = <usize>time * step
  const carried = scratch
  const reset = scratch + BLOCK * u
  const back = reset + BLOCK * u
  const gatesT = back + BLOCK * u
  const candidateT = gatesT + 2 * u * <usize>units
  transpose(gates, gatesT, units, 2 * units, u)
  transpose(candidate, candidateT, units, units, u)
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first)
    memory.fill(scratch, 0, BLOCK * 3 * u)
    for (let t = time - 1; t >= 0; t--) {
      const place = <usize>first * <usize>time + <usize>t
      const dRow = <usize>time * 3 * u
      for (let r = 0; r < count; r++) {
        const here = made + place * step + <usize>r * row
        const last = here - step
        const g = slope + (place + <usize>r * <usize>time) * u
        const d = out + place * 3 * u + <usize>r * dRow
        const k = carried + <usize>r * u
        const b = back + <usize>r * u
        for (let j = 0; j < units; j += 4) {
          const o = <usize>j << 2
          const left = units - j
          const dh = f32x4.add(at(g, o), f32x4.add(at(k, o), at(b, o)))
          const z = at(here, u + o)
          const c = at(here, 3 * u + o)
          const before = t > 0 ? at(last, o) : f32x4.splat(0)
          put(d + o, f32x4.mul(f32x4.mul(dh, f32x4.sub(before, c)), bell(z)), left)
          put(d + 2 * u + o, f32x4.mul(f32x4.mul(dh, f32x4.sub(one(), z)), cap(c)), left)
          put(k + o, f32x4.mul(dh, z), left)
        }
      }
      const d0 = out + place * 3 * u
      product(d0 + 2 * u, dRow, 4, candidateT, u, reset, u, count, units, units, 0, 0)
      for (let r = 0; r < count; r++) {
        const here = made + place * step + <usize>r * row
        const last = here - step
        const d = d0 + <usize>r * dRow + u
        const k = carried + <usize>r * u
        const f = reset + <usize>r * u
        for (let j = 0; j < units; j += 4) {
          const o = <usize>j << 2
          const left = units - j
          const q = at(here, 2 * u + o)
          const before = t > 0 ? at(last, o) : f32x4.splat(0)
          put(d + o, f32x4.mul(f32x4.mul(at(f, o), before), bell(q)), left)
          put(k + o, f32x4.add(at(k, o), f32x4.mul(at(f, o), q)), left)
        }
      }
      if (t > 0) product(d0, dRow, 4, gatesT, u, back, u, count, units, 2 * units, 0, 0)
    }
  }
}

/** `made`: h, c, i, f, candidate, o. `scratch` holds BLOCK x 4 units. */
export function lstm(seen: usize, weights: usize, made: usize, rows: i32, time: i32, units: i32, scratch: usize): void {
  const u = <usize>units << 2
  const step = 6 * u
  const row = <usize>time * step
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first)
    for (let t = 0; t < time; t++) {
      const h = made + <usize>first * row + <usize>(t - 1) * step
      const s = seen + (<usize>first * <usize>time + <usize>t) * 4 * u
      if (t > 0) product(h, row, 4, weights, 4 * u, scratch, 4 * u, count, 4 * units, units, 0, 0)
      else memory.fill(scratch, 0, BLOCK * 4 * u)
      for (let r = 0; r < count; r++) {
        const last = h + <usize>r * row
        const to = last + step
        const own = s + <usize>r * <usize>time * 4 * u
        const g = scratch + <usize>r * 4 * u
        for (let j = 0; j < units; j += 4) {
          const o = <usize>j << 2
          const left = units - j
          const i = sigmoid4(f32x4.add(at(own, o), at(g, o)))
          const f = sigmoid4(f32x4.add(at(own, u + o), at(g, u + o)))
          const fresh = tanh4(f32x4.add(at(own, 2 * u + o), at(g, 2 * u + o)))
          const q = sigmoid4(f32x4.add(at(own, 3 * u + o), at(g, 3 * u + o)))
          const before = t > 0 ? at(last, u + o) : f32x4.splat(0)
          const c = f32x4.add(f32x4.mul(f, before), f32x4.mul(i, fresh))
          put(to + o, f32x4.mul(q, tanh4(c)), left)
          put(to + u + o, c, left)
          put(to + 2 * u + o, i, left)
          put(to + 3 * u + o, f, left)
          put(to + 4 * u + o, fresh, left)
          put(to + 5 * u + o, q, left)
        }
      }
    }
  }
}

/** The slopes of i, f, candidate and o before they are bent. `scratch` holds BLOCK x 2 units, then 4 units x units. */
export function lstmSlopes(slope: usize, made: usize, weights: usize, out: usize, rows: i32, time: i32, units: i32, scratch: usize): void {
  const u = <usize>units << 2
  const step = 6 * u
  const row = <usize>time * step
  const carried = scratch
  const kept = scratch + BLOCK * u
  const weightsT = kept + BLOCK * u
  transpose(weights, weightsT, units, 4 * units, u)
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first)
    memory.fill(scratch, 0, BLOCK * 2 * u)
    for (let t = time - 1; t >= 0; t--) {
      const place = <usize>first * <usize>time + <usize>t
      const dRow = <usize>time * 4 * u
      const d0 = out + place * 4 * u
      for (let r = 0; r < count; r++) {
        const here = made + place * step + <usize>r * row
        const last = here - step
        const g = slope + (place + <usize>r * <usize>time) * u
        const d = d0 + <usize>r * dRow
        const k = carried + <usize>r * u
        const m = kept + <usize>r * u
        for (let j = 0; j < units; j += 4) {
          const o = <usize>j << 2
          const left = units - j
          const dh = f32x4.add(at(g, o), at(k, o))
          const i = at(here, 2 * u + o)
          const f = at(here, 3 * u + o)
          const fresh = at(here, 4 * u + o)
          const q = at(here, 5 * u + o)
          const bent = tanh4(at(here, u + o))
          const before = t > 0 ? at(last, u + o) : f32x4.splat(0)
          const dc = f32x4.add(at(m, o), f32x4.mul(f32x4.mul(dh, q), cap(bent)))
          put(d + o, f32x4.mul(f32x4.mul(dc, fresh), bell(i)), left)
          put(d + u + o, f32x4.mul(f32x4.mul(dc, before), bell(f)), left)
          put(d + 2 * u + o, f32x4.mul(f32x4.mul(dc, i), cap(fresh)), left)
          put(d + 3 * u + o, f32x4.mul(f32x4.mul(dh, bent), bell(q)), left)
          put(m + o, f32x4.mul(dc, f), left)
        }
      }
      if (t > 0) product(d0, dRow, 4, weightsT, u, carried, u, count, units, 4 * units, 0, 0)
    }
  }
}

/** Steps of time that are worth one product; lib/engine/program/scratch.ts reserves space for as many, or for one row's. */
const STEPS = 128

/** Rows whose steps one product of the weights goes over. */
@inline function rowsTogether(time: i32): i32 {
  return max(1, STEPS / time)
}

/** The states before each step of some rows, units `from` up to `to`, one behind the other: 0 before the first. `width` units from one step to the next. */
function before(made: usize, width: i32, to: usize, rows: i32, time: i32, units: i32, from: i32, until: i32): void {
  const u = <usize>units << 2
  for (let r = 0; r < rows; r++) {
    for (let t = 0; t < time; t++, to += u) {
      const last = made + (<usize>r * <usize>time + <usize>t - 1) * <usize>width * u
      for (let j = from; j < until; j += 4) put(to + (<usize>j << 2), t > 0 ? at(last, <usize>j << 2) : f32x4.splat(0), until - j)
    }
  }
}

/**
 * Adds up what the states before each step met, row of the batch by row, for units `from` up to `to`. `scratch` holds the steps of some rows,
 * twice units each: as they were, and as the reset gates let them through.
 */
export function gruWeights(made: usize, slopes: usize, out: usize, rows: i32, time: i32, units: i32, scratch: usize, from: i32, to: i32): void {
  const u = <usize>units << 2
  const wide = 3 * u
  const own = out + <usize>from * wide
  const start = <usize>from << 2
  const together = rowsTogether(time)
  const reset = scratch + <usize>(together * time) * u
  memory.fill(own, 0, <usize>(to - from) * wide)
  for (let r = 0; r < rows; r += together) {
    const count = min(together, rows - r)
    const steps = count * time
    before(made, 4, scratch, count, time, units, from, to)
    for (let t = 0; t < steps; t++) {
      const row = <usize>t * u
      for (let j = from; j < to; j += 4) {
        const o = <usize>j << 2
        put(reset + row + o, f32x4.mul(at(made, (<usize>t * 4 + 2) * u + o), at(scratch, row + o)), to - j)
      }
    }
    layer(scratch + start, 4, u, slopes, wide, own, wide, to - from, 2 * units, steps, 0, 0, 1)
    layer(reset + start, 4, u, slopes + 2 * u, wide, own + 2 * u, wide, to - from, units, steps, 0, 0, 1)
    made += <usize>steps * 4 * u
    slopes += <usize>steps * wide
  }
}

/** The same; `scratch` holds the steps of some rows, units each. */
export function lstmWeights(made: usize, slopes: usize, out: usize, rows: i32, time: i32, units: i32, scratch: usize, from: i32, to: i32): void {
  const u = <usize>units << 2
  const wide = 4 * u
  const own = out + <usize>from * wide
  const together = rowsTogether(time)
  memory.fill(own, 0, <usize>(to - from) * wide)
  for (let r = 0; r < rows; r += together) {
    const count = min(together, rows - r)
    const steps = count * time
    before(made, 6, scratch, count, time, units, from, to)
    layer(scratch + (<usize>from << 2), 4, u, slopes, wide, own, wide, to - from, 4 * units, steps, 0, 0, 1)
    made += <usize>steps * 6 * u
    slopes += <usize>steps * wide
  }
}
