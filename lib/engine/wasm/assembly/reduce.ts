// x seen as (outer, length, inner): sums over the middle, in the order of the rows, vectors over inner columns.

/** Columns `begin` up to `end`. */
export function sum(x: usize, out: usize, outer: i32, length: i32, inner: i32, begin: i32, end: i32): void {
  const row = <usize>inner << 2
  for (let o = 0; o < outer; o++) {
    const from = x + <usize>o * <usize>length * row
    const to = out + <usize>o * row
    let j = begin
    for (; j + 16 <= end; j += 16) {
      let at = from + (<usize>j << 2)
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0
      for (let p = 0; p < length; p++) {
        a0 = f32x4.add(a0, v128.load(at))
        a1 = f32x4.add(a1, v128.load(at, 16))
        a2 = f32x4.add(a2, v128.load(at, 32))
        a3 = f32x4.add(a3, v128.load(at, 48))
        at += row
      }
      const target = to + (<usize>j << 2)
      v128.store(target, a0)
      v128.store(target, a1, 16)
      v128.store(target, a2, 32)
      v128.store(target, a3, 48)
    }
    for (; j < end; j++) {
      let acc: f32 = 0
      let at = from + (<usize>j << 2)
      for (let p = 0; p < length; p++) {
        acc += load<f32>(at)
        at += row
      }
      store<f32>(to + (<usize>j << 2), acc)
    }
  }
}

/** The largest over the middle; NaN where there is one. */
export function largest(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const row = <usize>inner << 2
  for (let o = 0; o < outer; o++) {
    const from = x + <usize>o * <usize>length * row
    for (let j: usize = 0; j < row; j += 4) {
      let best = load<f32>(from + j)
      let at = from + j
      for (let p = 1; p < length; p++) {
        at += row
        best = max<f32>(best, load<f32>(at))
      }
      store<f32>(out, best)
      out += 4
    }
  }
}

/** The reverse: repeats (outer, 1, inner) to (outer, length, inner). */
export function repeat(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const row = <usize>inner << 2
  for (let o = 0; o < outer; o++) {
    const from = x + <usize>o * row
    let to = out + <usize>o * <usize>length * row
    if (inner == 1) {
      const value = load<f32>(from)
      for (let p = 0; p < length; p++) store<f32>(to + (<usize>p << 2), value)
      continue
    }
    for (let p = 0; p < length; p++) {
      memory.copy(to, from, row)
      to += row
    }
  }
}

/** Copies `outer` runs of `run` bytes; sources and targets lie `fromStride` and `toStride` bytes apart. */
export function copy(from: usize, to: usize, outer: i32, run: usize, fromStride: usize, toStride: usize): void {
  for (let o = 0; o < outer; o++) {
    memory.copy(to, from, run)
    from += fromStride
    to += toStride
  }
}

/** Adds up what `count` blocks made, in their order: their `n` floats lie `apart` bytes apart. With `more`, on top of what `out` holds. */
export function addUp(made: usize, apart: usize, out: usize, n: i32, count: i32, more: i32): void {
  let left = n
  // a line of the cache at once, for it may come from another core
  for (; left >= 16; left -= 16, made += 64, out += 64) {
    let from = more != 0 ? out : made
    let a0 = v128.load(from)
    let a1 = v128.load(from, 16)
    let a2 = v128.load(from, 32)
    let a3 = v128.load(from, 48)
    from = more != 0 ? made : made + apart
    for (let p = more != 0 ? 0 : 1; p < count; p++, from += apart) {
      a0 = f32x4.add(a0, v128.load(from))
      a1 = f32x4.add(a1, v128.load(from, 16))
      a2 = f32x4.add(a2, v128.load(from, 32))
      a3 = f32x4.add(a3, v128.load(from, 48))
    }
    v128.store(out, a0)
    v128.store(out, a1, 16)
    v128.store(out, a2, 32)
    v128.store(out, a3, 48)
  }
  // no value beyond the last: what fills up a parameter's place stays 0
  for (; left > 0; left--, made += 4, out += 4) {
    let acc = load<f32>(more != 0 ? out : made)
    for (let p = more != 0 ? 0 : 1; p < count; p++) acc += load<f32>(made + <usize>p * apart)
    store<f32>(out, acc)
  }
}
