import { sigmoid, tanh } from '../../../numeric/index.ts'
import { filled, type Values } from './arrays.ts'

type Vector = readonly number[]

/** Columns of one row and time of (batch, time, columns), from part `index` on, each part `units` wide. */
const at = ({ dims, data }: Values, row: number, t: number, units: number, index: number): Vector => {
  const [, time, columns] = dims as readonly [number, number, number]
  const start = t < 0 ? -1 : (row * time + t) * columns + index * units
  return Array.from({ length: units }, (_, j) => (start < 0 ? 0 : (data[start + j] as number)))
}

function put({ dims, data }: Values, row: number, t: number, parts: readonly Vector[]): void {
  const [, time, columns] = dims as readonly [number, number, number]
  data.set(parts.flat(), (row * time + t) * columns)
}

/** v M for columns of M from `from` on, or v Mᵀ. */
const times = (v: Vector, { dims, data }: Values, from: number, width: number): Vector =>
  Array.from({ length: width }, (_, j) =>
    v.reduce((sum, value, i) => sum + value * (data[i * (dims[1] as number) + from + j] as number), 0),
  )
const timesTransposed = (v: Vector, { dims, data }: Values): Vector =>
  Array.from({ length: dims[0] as number }, (_, j) =>
    v.reduce((sum, value, i) => sum + value * (data[j * (dims[1] as number) + i] as number), 0),
  )

const zip = (make: (...values: number[]) => number, ...vectors: readonly Vector[]): Vector =>
  (vectors[0] as Vector).map((_, j) => make(...vectors.map(each => each[j] as number)))

/** h, z, r, candidate of each step: graph/recurrent.ts has the equations. */
export function gru(dims: readonly number[], [seen, gates, candidate]: readonly Values[]): Values {
  const units = candidate?.dims[0] as number
  const result = filled(dims, () => 0)
  forEachStep(dims, 1, (row, t) => {
    const h = at(result, row, t - 1, units, 0)
    const open = (index: number): Vector =>
      zip((s, x) => sigmoid(s + x), at(seen as Values, row, t, units, index), times(h, gates as Values, index * units, units))
    const [z, r] = [open(0), open(1)]
    const c = zip(
      (s, x) => tanh(s + x),
      at(seen as Values, row, t, units, 2),
      times(
        zip((a, b) => a * b, r, h),
        candidate as Values,
        0,
        units,
      ),
    )
    put(result, row, t, [zip((own, last, fresh) => own * last + (1 - own) * fresh, z, h, c), z, r, c])
  })
  return result
}

/** The chain rule back through `gru`, from the last step to the first. */
export function gruSlopes(dims: readonly number[], [slope, made, gates, candidate]: readonly Values[]): Values {
  const units = candidate?.dims[0] as number
  const result = filled(dims, () => 0)
  let carried: Vector = []
  forEachStep(dims, -1, (row, t) => {
    if (t === (dims[1] as number) - 1) carried = Array.from({ length: units }, () => 0)
    const [z, r, c] = [1, 2, 3].map(index => at(made as Values, row, t, units, index)) as [Vector, Vector, Vector]
    const h = at(made as Values, row, t - 1, units, 0)
    const g = zip((a, b) => a + b, at(slope as Values, row, t, units, 0), carried)
    const toCandidate = zip((d, own, fresh) => d * (1 - own) * (1 - fresh * fresh), g, z, c)
    const toReset = timesTransposed(toCandidate, candidate as Values)
    const toGates = [
      zip((d, own, last, fresh) => d * (last - fresh) * own * (1 - own), g, z, h, c),
      zip((d, last, own) => d * last * own * (1 - own), toReset, h, r),
    ]
    carried = zip(
      (d, own, further, reset, back) => d * own + further * reset + back,
      g,
      z,
      toReset,
      r,
      timesTransposed(toGates.flat(), gates as Values),
    )
    put(result, row, t, [...toGates, toCandidate])
  })
  return result
}

/** The gradients of the gates' weights and, in the columns after them, of the candidate's. */
export function gruWeights(dims: readonly number[], [made, slopes]: readonly Values[]): Values {
  const units = dims[0] as number
  return outerProducts(dims, slopes as Values, (row, t, part) => {
    const h = at(made as Values, row, t - 1, units, 0)
    return part < 2 ? h : zip((a, b) => a * b, at(made as Values, row, t, units, 2), h)
  })
}

/** h, c, i, f, candidate, o of each step. */
export function lstm(dims: readonly number[], [seen, weights]: readonly Values[]): Values {
  const units = weights?.dims[0] as number
  const result = filled(dims, () => 0)
  forEachStep(dims, 1, (row, t) => {
    const h = at(result, row, t - 1, units, 0)
    const gate = (index: number, bend: (x: number) => number): Vector =>
      zip((s, x) => bend(s + x), at(seen as Values, row, t, units, index), times(h, weights as Values, index * units, units))
    const [i, f, fresh, o] = [gate(0, sigmoid), gate(1, sigmoid), gate(2, tanh), gate(3, sigmoid)]
    const c = zip((keep, last, open, value) => keep * last + open * value, f, at(result, row, t - 1, units, 1), i, fresh)
    put(result, row, t, [zip((open, memory) => open * tanh(memory), o, c), c, i, f, fresh, o])
  })
  return result
}

/** The chain rule back through `lstm`. */
export function lstmSlopes(dims: readonly number[], [slope, made, weights]: readonly Values[]): Values {
  const units = weights?.dims[0] as number
  const result = filled(dims, () => 0)
  let [carried, memory]: [Vector, Vector] = [[], []]
  forEachStep(dims, -1, (row, t) => {
    if (t === (dims[1] as number) - 1) carried = memory = Array.from({ length: units }, () => 0)
    const [c, i, f, fresh, o] = [1, 2, 3, 4, 5].map(index => at(made as Values, row, t, units, index)) as [
      Vector,
      Vector,
      Vector,
      Vector,
      Vector,
    ]
    const before = at(made as Values, row, t - 1, units, 1)
    const g = zip((a, b) => a + b, at(slope as Values, row, t, units, 0), carried)
    const m = zip((d, last, open, value) => last + d * open * (1 - tanh(value) * tanh(value)), g, memory, o, c)
    const parts = [
      zip((d, value, open) => d * value * open * (1 - open), m, fresh, i),
      zip((d, last, keep) => d * last * keep * (1 - keep), m, before, f),
      zip((d, open, value) => d * open * (1 - value * value), m, i, fresh),
      zip((d, value, open) => d * tanh(value) * open * (1 - open), g, c, o),
    ]
    carried = timesTransposed(parts.flat(), weights as Values)
    memory = zip((d, keep) => d * keep, m, f)
    put(result, row, t, parts)
  })
  return result
}

export function lstmWeights(dims: readonly number[], [made, slopes]: readonly Values[]): Values {
  return outerProducts(dims, slopes as Values, (row, t) => at(made as Values, row, t - 1, dims[0] as number, 0))
}

/** The sum over rows and time of what each part of the slopes met, times the slopes. */
function outerProducts(dims: readonly number[], slopes: Values, met: (row: number, t: number, part: number) => Vector): Values {
  const [units, columns] = dims as readonly [number, number]
  const result = filled(dims, () => 0)
  forEachStep(slopes.dims, 1, (row, t) => {
    for (let part = 0; part < columns / units; part++) {
      const slope = at(slopes, row, t, units, part)
      met(row, t, part).forEach((value, i) =>
        slope.forEach((each, j) => {
          const place = i * columns + part * units + j
          result.data[place] = (result.data[place] as number) + value * each
        }),
      )
    }
  })
  return result
}

function forEachStep(dims: readonly number[], direction: 1 | -1, visit: (row: number, t: number) => void): void {
  const [rows, time] = dims as readonly [number, number]
  for (let row = 0; row < rows; row++) for (let i = 0; i < time; i++) visit(row, direction === 1 ? i : time - 1 - i)
}
