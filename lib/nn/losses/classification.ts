import { exp, log, add, maximum, multiply, slice, softplus, subtract, sum, type Node } from '../../engine/index.ts'
import { overColumns, requireAlike, unfit, type Loss } from './loss.ts'

/** -[t log σ(z) + (1 - t) log(1 - σ(z))] of logits z, as softplus(z) - t z: it cannot overflow. */
export const binaryCrossEntropy: Loss = (logits, target) => {
  requireAlike('binaryCrossEntropy', logits, target)
  return overColumns(subtract(softplus(logits), multiply(logits, target)))
}

/** -Σ t log softmax(z) of logits z, one column a class; the targets are probabilities of classes that add up to 1 (one-hot, say). */
export const categoricalCrossEntropy: Loss = (logits, target) => {
  if (logits.shape.length !== 2 || !sameWidth(logits, target))
    throw unfit('categoricalCrossEntropy', logits, target, 'one column a class of both, the target one-hot or probabilities')
  return subtract(logSumExp(logits), sum(multiply(logits, target), 1))
}

const sameWidth = (a: Node, b: Node): boolean => a.shape.length === b.shape.length && a.shape.at(-1) === b.shape.at(-1)

/** log Σ exp(z) over the columns, the largest taken out first. */
function logSumExp(z: Node): Node {
  const columns = Array.from({ length: z.shape[1] as number }, (_, c) => slice(z, 1, c, c + 1))
  const largest = columns.reduce((most, column) => maximum(most, column))
  return add(largest, log(sum(exp(subtract(z, largest)), 1)))
}
