// Long short-term memory over all of time. The equations are those of lib/engine/graph/recurrent.ts; what each step makes lies side by side,
// (rows, time, parts x units).
import { put, sigmoids, tanhs } from './bend'
import { tanh4 } from './math'
import { product } from './product'
import { addMet, at, bell, BLOCK, cap, laid, rowsTogether } from './recurrent'
import { transpose } from './transpose'

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
        sigmoids(own, g, to + 2 * u, 2 * units)
        tanhs(own + 2 * u, g + 2 * u, to + 4 * u, units)
        sigmoids(own + 3 * u, g + 3 * u, to + 5 * u, units)
        for (let j = 0; j < units; j += 4) {
          const o = <usize>j << 2
          const left = units - j
          const before = t > 0 ? at(last, u + o) : f32x4.splat(0)
          const c = f32x4.add(f32x4.mul(at(to, 3 * u + o), before), f32x4.mul(at(to, 2 * u + o), at(to, 4 * u + o)))
          put(to + o, f32x4.mul(at(to, 5 * u + o), tanh4(c)), left)
          put(to + u + o, c, left)
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

/** Adds up what the states before each step met, as `gruWeights` does; `scratch` holds those before the steps of some rows. */
export function lstmWeights(made: usize, slopes: usize, out: usize, rows: i32, time: i32, units: i32, scratch: usize, from: i32, to: i32): void {
  const u = <usize>units << 2
  const wide = 4 * u
  const own = out + <usize>from * wide
  const start = <usize>from << 2
  const together = rowsTogether(time)
  memory.fill(own, 0, <usize>(to - from) * wide)
  for (let r = 0; r < rows; r += together) {
    const count = min(together, rows - r)
    let place = scratch + start
    for (let each = 0; each < count; each++, made += 6 * u) {
      for (let t = 1; t < time; t++, made += 6 * u, place += u) laid(made + start, place, to - from)
    }
    addMet(scratch + start, u, slopes, wide, own, to - from, 4 * units, count, time)
    slopes += <usize>(count * time) * wide
  }
}
