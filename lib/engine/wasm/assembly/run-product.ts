// Products as instructions.
import { mapInPlace } from './map'
import { part, parts } from './parts'
import { LEARN, product, RELU } from './product'
import { sparseProduct } from './sparse'
import { share, size, word } from './words'

/**
 * Rows of the result are shared out; of one without batch, whose sums go over the rows, rows or columns, whichever come out more even.
 * `learns`: whether the update rides on the product (carriers.ts).
 */
export function runProduct(at: usize, learns: bool): void {
  const a: usize = word(at, 2)
  const transposeA = word(at, 3) & 1
  const sparse = word(at, 3) > 1
  const b: usize = word(at, 4)
  const c: usize = word(at, 5)
  const m = size(at, 6)
  const n = size(at, 7)
  const k = size(at, 8)
  const bias: usize = word(at, 9)
  const activation = word(at, 10)
  const ending = learns ? LEARN : activation == 1 ? RELU : 0
  const rowA: usize = transposeA != 0 ? 4 : <usize>k << 2
  const columnA: usize = transposeA != 0 ? <usize>m << 2 : 4
  const rowC = <usize>n << 2
  if (word(at, 6) > 0 && parts > 1 && activation < 2 && n > 16 && evenness(n, 16) > evenness(m, 4)) {
    const strips = (n + 16 * parts - 1) / (16 * parts) * 16
    const from = min(n, strips * part)
    const width = min(n, from + strips) - from
    if (sparse) sparseProduct(a, rowA, columnA, b + from * 4, rowC, c + from * 4, rowC, m, width, k, bias == 0 ? 0 : bias + from * 4, ending)
    else product(a, rowA, columnA, b + from * 4, rowC, c + from * 4, rowC, m, width, k, bias == 0 ? 0 : bias + from * 4, ending)
    return
  }
  const from = share(at, 6, part)
  const count = share(at, 6, part + 1) - from
  const to = c + <usize>from * rowC
  if (n == 1 && transposeA != 0 && bias == 0) product(b, 0, 4, a + <usize>from * 4, <usize>m << 2, to, <usize>m << 2, 1, count, k, 0, ending)
  else if (sparse && n >= 16) sparseProduct(a + <usize>from * rowA, rowA, columnA, b, rowC, to, rowC, count, n, k, bias, ending)
  else product(a + <usize>from * rowA, rowA, columnA, b, rowC, to, rowC, count, n, k, bias, ending)
  if (activation > 1) mapInPlace(activation, to, count * n)
}

/** The share of the threads that has work when n is cut in multiples of `unit`, of 1000. */
function evenness(n: i32, unit: i32): i32 {
  const pieces = (n + unit - 1) / unit
  return 1000 * pieces / ((pieces + parts - 1) / parts * parts)
}
