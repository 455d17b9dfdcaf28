// The transpose of a matrix, four by four.

/** out (columns, rows) = the transpose of x (rows, columns); rows of `out` lie `rowOut` bytes apart. */
export function transpose(x: usize, out: usize, rows: i32, columns: i32, rowOut: usize): void {
  const rowX = <usize>columns << 2
  let i = 0
  for (; i + 4 <= rows; i += 4) {
    let j = 0
    for (; j + 4 <= columns; j += 4) {
      const from = x + <usize>i * rowX + (<usize>j << 2)
      const r0 = v128.load(from)
      const r1 = v128.load(from + rowX)
      const r2 = v128.load(from + 2 * rowX)
      const r3 = v128.load(from + 3 * rowX)
      const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5)
      const t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7)
      const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5)
      const t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7)
      const to = out + <usize>j * rowOut + (<usize>i << 2)
      v128.store(to, v128.shuffle<i32>(t0, t2, 0, 1, 4, 5))
      v128.store(to + rowOut, v128.shuffle<i32>(t0, t2, 2, 3, 6, 7))
      v128.store(to + 2 * rowOut, v128.shuffle<i32>(t1, t3, 0, 1, 4, 5))
      v128.store(to + 3 * rowOut, v128.shuffle<i32>(t1, t3, 2, 3, 6, 7))
    }
    for (; j < columns; j++) {
      for (let q = i; q < i + 4; q++) store<f32>(out + <usize>j * rowOut + (<usize>q << 2), load<f32>(x + <usize>q * rowX + (<usize>j << 2)))
    }
  }
  for (; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f32>(out + <usize>j * rowOut + (<usize>i << 2), load<f32>(x + <usize>i * rowX + (<usize>j << 2)))
  }
}
