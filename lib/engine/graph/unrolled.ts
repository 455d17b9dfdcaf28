import { concat, reshape, slice } from './arrange.ts'
import { add, multiply, sigmoid, subtract, tanh } from './elementwise.ts'
import type { Node } from './node.ts'
import { product } from './product.ts'
import type { Shape } from './shape.ts'

/** What one step makes of the states before it, undefined before the first; the first state is the output. */
type Step = (seen: Node, before: readonly Node[] | undefined) => readonly [Node, ...Node[]]

/** `gru` of graph/recurrent.ts step by step, from operations that can be differentiated again. */
export function gruStepByStep(seen: Node, gates: Node, candidate: Node): Node {
  const units = candidate.shape[0] as number
  const part = (x: Node, index: number, width = 1): Node => slice(x, 1, index * units, (index + width) * units)
  return overTime(seen, (now, before) => {
    const state = before?.[0]
    if (state === undefined) return [multiply(subtract(1, sigmoid(part(now, 0))), tanh(part(now, 2)))]
    const open = sigmoid(add(part(now, 0, 2), product(state, gates)))
    const fresh = tanh(add(part(now, 2), product(multiply(part(open, 1), state), candidate)))
    return [add(fresh, multiply(part(open, 0), subtract(state, fresh)))]
  })
}

/** `lstm` of graph/recurrent.ts step by step. */
export function lstmStepByStep(seen: Node, weights: Node): Node {
  const units = weights.shape[0] as number
  const part = (x: Node, index: number): Node => slice(x, 1, index * units, (index + 1) * units)
  return overTime(seen, (now, before) => {
    const [state, memory] = before ?? []
    const all = state === undefined ? now : add(now, product(state, weights))
    const fresh = multiply(sigmoid(part(all, 0)), tanh(part(all, 2)))
    const kept = memory === undefined ? fresh : add(multiply(sigmoid(part(all, 1)), memory), fresh)
    return [multiply(sigmoid(part(all, 3)), tanh(kept)), kept]
  })
}

function overTime(seen: Node, step: Step): Node {
  const [rows, time, columns] = seen.shape as readonly [Shape[0], number, number]
  const outputs: Node[] = []
  let states: readonly [Node, ...Node[]] | undefined
  for (let t = 0; t < time; t++) {
    states = step(reshape(slice(seen, 1, t, t + 1), [rows, columns]), states)
    outputs.push(reshape(states[0], [rows, 1, states[0].shape[1] as number]))
  }
  return concat(outputs, 1)
}
