// Rows of a table by their numbers.

/** The number as a row of `rows`, or -1. */
@inline function rowOf(number: f32, rows: i32): i32 {
  const row = <i32>number
  return <f32>row == number && row >= 0 && row < rows ? row : -1
}

/** NaN for a number that is no row. */
export function gatherRows(table: usize, numbers: usize, out: usize, rows: i32, columns: i32, count: i32): void {
  const bytes = <usize>columns << 2
  for (let i = 0; i < count; i++) {
    const row = rowOf(load<f32>(numbers + (<usize>i << 2)), rows)
    if (row < 0) for (let j = 0; j < columns; j++) store<f32>(out + (<usize>j << 2), NaN)
    else memory.copy(out, table + <usize>row * bytes, bytes)
    out += bytes
  }
}

/** Columns `from` up to `to`. Passes by a number that is no row. */
export function scatterAdd(values: usize, numbers: usize, out: usize, rows: i32, columns: i32, count: i32, from: i32, to: i32): void {
  const bytes = <usize>columns << 2
  const start = <usize>from << 2
  const end = <usize>to << 2
  for (let i = 0; i < rows; i++) memory.fill(out + <usize>i * bytes + start, 0, end - start)
  for (let i = 0; i < count; i++, values += bytes) {
    const row = rowOf(load<f32>(numbers + (<usize>i << 2)), rows)
    if (row < 0) continue
    const place = out + <usize>row * bytes
    for (let j = start; j < end; j += 4) store<f32>(place + j, load<f32>(place + j) + load<f32>(values + j))
  }
}
