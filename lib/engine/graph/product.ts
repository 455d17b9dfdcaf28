import { EngineError } from '../../errors/index.ts'
import { node, type Node } from './node.ts'
import { showShape, type Dim, type Shape } from './shape.ts'

/** The two axes of a product's first operand: three axes are taken as (batch · time, columns). */
export interface Matrix {
  readonly rows: readonly Dim[]
  readonly columns: readonly Dim[]
}

export function matrixOf(shape: Shape): Matrix {
  return { rows: shape.slice(0, -1), columns: shape.slice(-1) }
}

/**
 * The matrix product of A, or its transpose, and B, or its transpose. A three-axis operand is taken as (batch · time, columns).
 * Errors: `EngineError` for inner lengths that differ.
 */
export function product(a: Node, b: Node, { transposeA = false, transposeB = false } = {}): Node {
  const [left, right] = [matrixOf(a.shape), matrixOf(b.shape)]
  const outer = transposeA ? left.columns : left.rows
  const inner = transposeA ? left.rows : left.columns
  const other = transposeB ? right.columns : right.rows
  const last = transposeB ? right.rows : right.columns
  if (flat(inner) !== flat(other) || last.length !== 1 || last[0] === 'batch') {
    throw new EngineError({
      code: 'product-shapes',
      what: `a product of ${showShape(a.shape)}${transposeA ? ' transposed' : ''} and ${showShape(b.shape)}${transposeB ? ' transposed' : ''} has no meaning`,
      where: `inner lengths ${flat(inner)} and ${flat(other)}`,
      remedy:
        'the columns of the first operand must be the rows of the second, and the result may have its batch only in the rows',
    })
  }
  return node('product', [a, b], [...outer, ...last], { transposeA, transposeB })
}

function flat(dims: readonly Dim[]): string {
  const fixed = dims.filter(dim => dim !== 'batch').reduce((all, dim) => all * dim, 1)
  return dims.includes('batch') ? `batch x ${fixed}` : String(fixed)
}
