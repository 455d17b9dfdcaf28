import { EngineError } from '../../errors/index.ts'
import { slice } from './arrange.ts'
import { node, type Node } from './node.ts'
import { asShape, columnsOf, showShape } from './shape.ts'

/**
 * A gated recurrent unit (Cho et al. 2014, equations 5 to 8) over all of time in one kernel, from a state of 0: with s the rows of `seen`
 * (batch, time, 3 units; columns z, r, candidate; the input's share and the bias), z = σ(s_z + h U_z), r = σ(s_r + h U_r), candidate c = tanh(s_c +
 * (r ⊙ h) V), h = z ⊙ h + (1 - z) ⊙ c. `gates` U is (units, 2 units), `candidate` V (units, units). Answers h, (batch, time, units). Its
 * second derivatives go step by step. Errors: `EngineError` for shapes that do not fit.
 */
export function gru(seen: Node, gates: Node, candidate: Node): Node {
  const units = gates.shape[0] as number
  fits('gru', seen, 3 * units, [
    [gates, units, 2 * units],
    [candidate, units, units],
  ])
  const made = node('gru', [seen, gates, candidate], wide(seen, 4 * units), {})
  return slice(made, 2, 0, units)
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate, Gers et al. 2000) over all of time in one kernel, from states of 0: with
 * s the rows of `seen` (batch, time, 4 units; columns i, f, candidate, o), gates i, f, o = σ(s + h U), memory c = f ⊙ c + i ⊙ tanh(s + h U), h = o ⊙
 * tanh(c). `weights` U is (units, 4 units). Answers h, (batch, time, units). Its second derivatives go step by step. Errors: `EngineError` for shapes that
 * do not fit.
 */
export function lstm(seen: Node, weights: Node): Node {
  const units = weights.shape[0] as number
  fits('lstm', seen, 4 * units, [[weights, units, 4 * units]])
  const made = node('lstm', [seen, weights], wide(seen, 6 * units), {})
  return slice(made, 2, 0, units)
}

function wide({ shape }: Node, columns: number): Node['shape'] {
  return asShape('recurrent', [...shape.slice(0, 2), columns])
}

function fits(op: string, seen: Node, columns: number, weights: readonly (readonly [Node, number, number])[]): void {
  const good =
    seen.shape.length === 3 &&
    columnsOf(seen.shape) === columns &&
    weights.every(([{ shape }, rows, width]) => shape.length === 2 && shape[0] === rows && shape[1] === width)
  if (good) return
  throw new EngineError({
    code: 'recurrent-shapes',
    what: `"${op}" cannot take shapes ${[seen, ...weights.map(([each]) => each)].map(({ shape }) => showShape(shape)).join(', ')}`,
    remedy: `give (batch, time, ${op === 'gru' ? 3 : 4} units) and weights with a row for each unit`,
  })
}
