/** Positions of the values from largest to smallest; equal values keep their order. */
export function descending(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (i, j) => (values[j] as number) - (values[i] as number) || i - j,
  )
}

/** Calls `visit(from, to)` for each run of equal values in a sorted order, `to` excluded. */
export function eachTie(order: Uint32Array, values: ArrayLike<number>, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++
    visit(from, to)
    from = to
  }
}
