/** Rows whose memory is asked for together: one after another, each would be waited for. */
const AHEAD = 32
/** Numbers that come from memory at once. */
const LINE = 16

/** Keeps the reading ahead from being taken for nothing. */
const touched = new Int32Array(1)

/** Copies rows of so many columns, `order` naming which, one after another to `out`; the rows lie anywhere in a memory far larger than any cache. */
export function gatherRows(values: Float32Array, columns: number, order: Uint32Array, out: Float32Array): void {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length)
  const even = columns % 2 === 0 && values.byteOffset % 8 === 0 && out.byteOffset % 8 === 0
  const [source, target] = even ? [inPairs(values), inPairs(out)] : []
  let ahead = 0
  for (let start = 0; start < order.length; start += AHEAD) {
    const rows = order.subarray(start, start + AHEAD)
    // each line of each row, and the one that its last number may have begun
    for (let c = 0; c < columns; c += LINE)
      for (let r = 0; r < rows.length; r++) ahead |= words[(rows[r] as number) * columns + c] as number
    for (let r = 0; r < rows.length; r++) ahead |= words[(rows[r] as number) * columns + columns - 1] as number
    if (source !== undefined && target !== undefined) copyPairs(source, columns / 2, rows, target, (start * columns) / 2)
    else copyNumbers(values, columns, rows, out, start * columns)
  }
  touched[0] = ahead
}

/** Two numbers side by side are moved as one; a function for each, for one that takes both kinds of array takes twice the time. */
function copyPairs(from: Float64Array, width: number, rows: Uint32Array, to: Float64Array, start: number): void {
  let at = start
  for (let r = 0; r < rows.length; r++) {
    const row = (rows[r] as number) * width
    for (let c = 0; c < width; c++) to[at++] = from[row + c] as number
  }
}

function copyNumbers(from: Float32Array, width: number, rows: Uint32Array, to: Float32Array, start: number): void {
  let at = start
  for (let r = 0; r < rows.length; r++) {
    const row = (rows[r] as number) * width
    for (let c = 0; c < width; c++) to[at++] = from[row + c] as number
  }
}

const inPairs = (of: Float32Array): Float64Array => new Float64Array(of.buffer, of.byteOffset, Math.floor(of.length / 2))
