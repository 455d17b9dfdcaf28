import { EngineError } from '../../errors/index.ts'
import { concat, slice } from './arrange.ts'
import { add, divide, exp, log, subtract } from './elementwise.ts'
import type { Node } from './node.ts'
import { max, sum } from './reduce.ts'
import { columnsOf, showShape } from './shape.ts'
import { stopGradient } from './special.ts'

/** log Σ e^x over the columns, which stay with length 1; without overflow. */
export function logSumExp(x: Node): Node {
  const top = stopGradient(max(x, last(x)))
  return add(log(sum(exp(subtract(x, top)), last(x))), top)
}

/** e^x / Σ e^x over the columns. */
export function softmax(x: Node): Node {
  const risen = exp(subtract(x, stopGradient(max(x, last(x)))))
  return divide(risen, sum(risen, last(x)))
}

/** log of `softmax`, without loss where it is near 0. */
export function logSoftmax(x: Node): Node {
  return subtract(x, logSumExp(x))
}

/**
 * What `make` makes of each block of columns, side by side again: `byBlocks(x, [3, 1, 4], softmax)`. A block for which `make` answers fewer
 * columns (`logSumExp`) takes only those. Errors: `EngineError` when the widths are not the columns.
 */
export function byBlocks(x: Node, widths: readonly number[], make: (block: Node, index: number) => Node): Node {
  const columns = columnsOf(x.shape)
  if (
    widths.some(width => !(Number.isInteger(width) && width >= 1)) ||
    widths.reduce((all, width) => all + width, 0) !== columns
  ) {
    throw new EngineError({
      code: 'bad-blocks',
      what: `blocks of ${widths.join(', ')} columns in ${showShape(x.shape)}`,
      remedy: `give whole widths that add up to ${columns}`,
    })
  }
  let at = 0
  return concat(
    widths.map((width, index) => make(slice(x, last(x), at, (at += width)), index)),
    last(x),
  )
}

const last = (x: Node): number => x.shape.length - 1
