import { EngineError } from '../../../errors/index.ts'
import { cos, log } from '../../../numeric/index.ts'
import { dimsOf } from '../../graph/shape.ts'
import type { Op } from '../../graph/node.ts'
import type { Program, Step } from '../../program/program.ts'
import { dropThreshold, randomBits, secondBits, type RandomKey } from '../../random.ts'
import { filled, indices, read, type Values } from './arrays.ts'
import { SCALARS } from './elementwise.ts'
import { normalise, normaliseSlopes } from './normalise.ts'
import { gru, gruSlopes, gruWeights, lstm, lstmSlopes, lstmWeights } from './recurrent.ts'

/** What a step needs beside its operands. */
export interface Surroundings {
  readonly rows: number
  readonly random: RandomKey
  readonly given: (op: 'input' | 'parameter', name: string) => ArrayLike<number>
}

type Evaluate<K extends Op> = (step: Step<K>, dims: readonly number[], inputs: readonly Values[], around: Surroundings) => Values

const TWO_PI = 6.283185307179586
const uniformOf = (bits: number): number => (bits >>> 8) / 16777216

const RULES: { readonly [K in Op]?: Evaluate<K> } = {
  input: (step, dims, _, { given }) => ({ dims, data: Float64Array.from(given('input', step.attributes.name)) }),
  parameter: (step, dims, _, { given }) => ({ dims, data: Float64Array.from(given('parameter', step.attributes.name)) }),
  constant: (step, dims) => filled(dims, () => step.attributes.value),
  rows: (_step, dims, _, { rows }) => filled(dims, () => rows),
  dropoutMask: (step, dims, _, { random }) => {
    const { rate, stream } = step.attributes
    const [bits, limit] = [randomBits(random, stream), dropThreshold(rate)]
    return filled(dims, i => (bits(i) >= limit ? 1 / (1 - rate) : 0))
  },
  uniform: (step, dims, _, { random }) => {
    const bits = randomBits(random, step.attributes.stream)
    return filled(dims, i => uniformOf(bits(i)))
  },
  normal: (step, dims, _, { random }) => {
    const [first, second] = [randomBits(random, step.attributes.stream), secondBits(random, step.attributes.stream)]
    return filled(dims, i => Math.sqrt(-2 * log(1 - uniformOf(first(i)))) * cos(TWO_PI * uniformOf(second(i))))
  },
  product: (step, dims, [a, b]) => {
    const { transposeA, transposeB } = step.attributes
    const [left, right] = [matrix(a as Values), matrix(b as Values)]
    const [m, k] = transposeA ? [left.columns, left.rows] : [left.rows, left.columns]
    const n = transposeB ? right.rows : right.columns
    const data = new Float64Array(m * n)
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let total = 0
        for (let p = 0; p < k; p++) {
          const x = transposeA ? left.data[p * m + i] : left.data[i * k + p]
          const y = transposeB ? right.data[j * k + p] : right.data[p * n + j]
          total += (x as number) * (y as number)
        }
        data[i * n + j] = total
      }
    }
    return { dims, data }
  },
  sum: (step, dims, [x]) => {
    const { axis } = step.attributes
    const operand = x as Values
    return filled(dims, i => {
      const at = indices(i, dims)
      let total = 0
      for (let p = 0; p < (operand.dims[axis] as number); p++) total += read(operand, at.with(axis, p))
      return total
    })
  },
  max: (step, dims, [x]) => {
    const { axis } = step.attributes
    const operand = x as Values
    return filled(dims, i => {
      const at = indices(i, dims)
      return Array.from({ length: operand.dims[axis] as number }, (_, p) => read(operand, at.with(axis, p))).reduce((a, b) =>
        Math.max(a, b),
      )
    })
  },
  repeat: (_step, dims, [x]) => filled(dims, i => read(x as Values, indices(i, dims))),
  slice: (step, dims, [x]) =>
    filled(dims, i => read(x as Values, shifted(indices(i, dims), step.attributes.axis, step.attributes.start))),
  pad: (step, dims, [x]) => {
    const { axis, before } = step.attributes
    const length = (x as Values).dims[axis] as number
    return filled(dims, i => {
      const at = shifted(indices(i, dims), axis, -before)
      const place = at[axis] as number
      return place >= 0 && place < length ? read(x as Values, at) : 0
    })
  },
  concat: (step, dims, parts) => {
    const { axis } = step.attributes
    return filled(dims, i => {
      let at = indices(i, dims)
      for (const part of parts) {
        const length = part.dims[axis] as number
        if ((at[axis] as number) < length) return read(part, at)
        at = shifted(at, axis, -length)
      }
      return NaN
    })
  },
  transpose: (_step, dims, [x]) => filled(dims, i => read(x as Values, indices(i, dims).toReversed())),
  reshape: (_step, dims, [x]) => ({ dims, data: (x as Values).data }),
  gather: (_step, dims, [table, numbers]) => {
    const columns = dims.at(-1) as number
    return filled(dims, i => {
      const row = (numbers as Values).data[Math.floor(i / columns)] as number
      return Number.isInteger(row) ? ((table as Values).data[row * columns + (i % columns)] ?? NaN) : NaN
    })
  },
  scatterAdd: (_step, dims, [values, numbers]) => {
    const [rows, columns] = dims as readonly [number, number]
    const result = filled(dims, () => 0)
    ;(numbers as Values).data.forEach((row, i) => {
      if (!(Number.isInteger(row) && row >= 0 && row < rows)) return
      for (let j = 0; j < columns; j++)
        result.data[row * columns + j] =
          (result.data[row * columns + j] as number) + ((values as Values).data[i * columns + j] as number)
    })
    return result
  },
  normalise: ({ attributes }, dims, [x]) => ({ dims, data: normalise(x as Values, attributes) }),
  normaliseSlopes: ({ attributes }, dims, [g, x]) => ({ dims, data: normaliseSlopes(g as Values, x as Values, attributes) }),
  gru: (_step, dims, inputs) => gru(dims, inputs),
  gruSlopes: (_step, dims, inputs) => gruSlopes(dims, inputs),
  gruWeights: (_step, dims, inputs) => gruWeights(dims, inputs),
  lstm: (_step, dims, inputs) => lstm(dims, inputs),
  lstmSlopes: (_step, dims, inputs) => lstmSlopes(dims, inputs),
  lstmWeights: (_step, dims, inputs) => lstmWeights(dims, inputs),
}

/** The value of every step, in doubles, one number at a time: slow and plainly right. Errors: `EngineError` for an unknown operation. */
export function evaluate(program: Program, around: Surroundings): readonly Values[] {
  const values: Values[] = []
  for (const step of program.steps) {
    const dims = dimsOf(step.shape, around.rows)
    const inputs = step.inputs.map(input => values[input] as Values)
    const rule = RULES[step.op] as Evaluate<Op> | undefined
    const scalar = SCALARS[step.op]
    if (rule !== undefined) values.push(rule(step, dims, inputs, around))
    else if (scalar !== undefined) {
      const [x, y, z] = [0, 1, 2].map(operand => reader(inputs[operand], dims)) as [Reader, Reader, Reader]
      values.push(filled(dims, i => scalar(x(i), y(i), z(i), step.attributes)))
    } else
      throw new EngineError({
        code: 'unknown-operation',
        what: `the reference device does not know "${step.op}"`,
        remedy: 'use the version of clvlab that made the program',
      })
  }
  return values
}

type Reader = (position: number) => number

/** An operand's value for each position of the result. */
function reader(values: Values | undefined, dims: readonly number[]): Reader {
  if (values === undefined) return () => 0
  const { data } = values
  if (data.length === 1) return () => data[0] as number
  if (data.length === dims.reduce((all, dim) => all * dim, 1)) return i => data[i] as number
  return i => read(values, indices(i, dims))
}

function matrix({ dims, data }: Values): { rows: number; columns: number; data: Float64Array } {
  const columns = dims.at(-1) as number
  return { rows: data.length / columns, columns, data }
}

const shifted = (at: readonly number[], axis: number, by: number): number[] =>
  at.map((each, i) => (i === axis ? each + by : each))
