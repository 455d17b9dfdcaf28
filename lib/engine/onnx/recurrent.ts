import type { OnnxWriter } from './writer.ts'

/**
 * The state of a GRU after each step, (batch, time, units). ONNX' operator multiplies its input with weights of its own: here that is done
 * already, and they are the identity. Its gates are z, r, h, as ours, and its candidate sees the state reset before the product, as ours.
 */
export function gru(to: OnnxWriter, units: number, [seen, gates, candidate]: readonly string[]): string {
  const again = to.node(
    'Concat',
    [gates as string, candidate as string].map(weights => to.node('Transpose', [weights], { perm: [1, 0] })),
    { axis: 0 },
  )
  return overTime(to, 'GRU', seen as string, identity(to, 3 * units, [0, 1, 2]), again, units)
}

/** The state of an LSTM after each step. ONNX' gates are i, o, f, c, ours i, f, c, o: the identity puts them in its order. */
export function lstm(to: OnnxWriter, units: number, [seen, weights]: readonly string[]): string {
  const turned = to.node('Transpose', [weights as string], { perm: [1, 0] })
  const again = to.node('Gather', [turned, to.whole(...ORDER.flatMap(block => range(block * units, units)))], { axis: 0 })
  return overTime(to, 'LSTM', seen as string, identity(to, 4 * units, ORDER), again, units)
}

/** Where ONNX' gates lie among ours. */
const ORDER = [0, 3, 1, 2] as const

const range = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => from + i)

function overTime(to: OnnxWriter, operator: string, seen: string, own: string, again: string, units: number): string {
  const steps = to.node('Transpose', [seen], { perm: [1, 0, 2] })
  const direction = to.whole(0)
  const states = to.node(operator, [steps, own, to.node('Unsqueeze', [again, direction])], { hidden_size: units })
  return to.node('Transpose', [to.node('Squeeze', [states, to.whole(1)])], { perm: [1, 0, 2] })
}

/** (1, size, size): the rows that take the blocks of the columns in this order. */
function identity(to: OnnxWriter, size: number, order: readonly number[]): string {
  const width = size / order.length
  const values = new Float32Array(size * size)
  order.forEach((block, i) => range(0, width).forEach(j => (values[(i * width + j) * size + block * width + j] = 1)))
  return to.floats(`identity ${size} ${order.join(' ')}`, [1, size, size], values)
}
