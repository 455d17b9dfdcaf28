import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantiate } from '../../../../lib/engine/devices/wasm/module.ts'
import { WasmRunner } from '../../../../lib/engine/devices/wasm/runner.ts'
import {
  add,
  compile,
  concat,
  gradients,
  gru,
  lstm,
  multiply,
  parameter,
  product,
  reshape,
  sigmoid,
  slice,
  square,
  subtract,
  sumAll,
  tanh,
  type Node,
} from '../../../../lib/engine/index.ts'

type Values = Readonly<Record<string, Float32Array>>

interface Case {
  readonly rows: number
  readonly time: number
  readonly units: number
  readonly scale: number
  readonly seed: number
}

// blocks of 32 rows, vectors of 4 and of 16, strips of 16 columns; and histories of which several go into one product, one, or not even one
const shape = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  time: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(64, 65, 130)),
  units: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(32, 37)),
  scale: fc.constantFrom(0.1, 1, 30),
  seed: fc.integer({ min: 1, max: 1e6 }),
})

const bits = (values: Float32Array | undefined): Uint32Array => new Uint32Array(Float32Array.from(values as Float32Array).buffer)

function numbers(length: number, scale: number, seed: number): Float32Array {
  let state = seed
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296
  return Float32Array.from({ length }, () => scale * (2 * next() - 1))
}

const given = (name: string, ...dims: [number, number, ...number[]]): Node => ({
  op: 'parameter',
  inputs: [],
  shape: dims as unknown as Node['shape'],
  attributes: { name },
})

async function evaluate(outputs: Readonly<Record<string, Node>>, values: Values): Promise<Values> {
  const runner = new WasmRunner(compile({ outputs, batch: 1 }), await instantiate())
  runner.load(values)
  return runner.compute({ rows: 1, inputs: {} })
}

/** States of the layer, and of its equations written out step by step from states of 0 that are there. */
const LAYERS = {
  GRU: {
    parts: 3,
    weights: (units: number): Node => parameter('u', units, 2 * units),
    fused: (seen: Node, weights: Node, units: number): Node => gru(seen, weights, parameter('v', units, units)),
    step: (now: Node, [h]: readonly [Node, ...Node[]], units: number): readonly [Node, ...Node[]] => {
      const open = sigmoid(add(columns(now, 0, 2, units), product(h, parameter('u', units, 2 * units))))
      const [z, r] = [columns(open, 0, 1, units), columns(open, 1, 1, units)]
      const fresh = tanh(add(columns(now, 2, 1, units), product(multiply(r, h), parameter('v', units, units))))
      return [add(fresh, multiply(z, subtract(h, fresh)))]
    },
  },
  LSTM: {
    parts: 4,
    weights: (units: number): Node => parameter('w', units, 4 * units),
    fused: (seen: Node, weights: Node): Node => lstm(seen, weights),
    step: (now: Node, [h, c]: readonly [Node, ...Node[]], units: number): readonly [Node, ...Node[]] => {
      const all = add(now, product(h, parameter('w', units, 4 * units)))
      const [i, f, o] = [0, 1, 3].map(part => sigmoid(columns(all, part, 1, units))) as [Node, Node, Node]
      const kept = add(multiply(f, c as Node), multiply(i, tanh(columns(all, 2, 1, units))))
      return [multiply(o, tanh(kept)), kept]
    },
  },
} as const

const columns = (x: Node, part: number, width: number, units: number): Node => slice(x, 1, part * units, (part + width) * units)

function stepByStep(kind: keyof typeof LAYERS, seen: Node, { rows, time, units }: Case): Node {
  let states: readonly [Node, ...Node[]] = [given('zeros', rows, units), given('zeros', rows, units)]
  const outputs: Node[] = []
  for (let t = 0; t < time; t++) {
    states = LAYERS[kind].step(
      reshape(slice(seen, 1, t, t + 1), [rows, LAYERS[kind].parts * units] as unknown as Node['shape']),
      states,
      units,
    )
    outputs.push(reshape(states[0], [rows, 1, units] as unknown as Node['shape']))
  }
  return concat(outputs, 1)
}

function valuesOf(kind: keyof typeof LAYERS, { rows, time, units, scale, seed }: Case): Values {
  const size = scale / Math.sqrt(units)
  const seen = { s: numbers(rows * time * LAYERS[kind].parts * units, scale, seed), zeros: new Float32Array(rows * units) }
  return kind === 'GRU'
    ? { ...seen, u: numbers(2 * units * units, size, seed + 1), v: numbers(units * units, size, seed + 2) }
    : { ...seen, w: numbers(4 * units * units, size, seed + 1) }
}

describe.each(['GRU', 'LSTM'] as const)('a %s over all of time', kind => {
  const { parts, fused, weights } = LAYERS[kind]

  it('has the bits of its equations step by step, whatever the shape', async () => {
    await fc.assert(
      fc.asyncProperty(shape, async drawn => {
        const each = { ...drawn, time: Math.min(drawn.time, 8) }
        const { rows, time, units } = each
        const seen = given('s', rows, time, parts * units)
        const got = await evaluate(
          { fused: fused(seen, weights(units), units), steps: stepByStep(kind, seen, each) },
          valuesOf(kind, each),
        )
        expect(bits(got['fused'])).toEqual(bits(got['steps']))
      }),
      { numRuns: 40 },
    )
  })

  it('brings its weights what the states before each step met, one row of the batch after another, in this order', async () => {
    await fc.assert(
      fc.asyncProperty(shape, async each => {
        const { rows, time, units } = each
        const seen = given('s', rows, time, parts * units)
        const trained = weights(units)
        const states = fused(seen, trained, units)
        const [slopes, slope] = gradients(sumAll(square(states)), [seen, trained]) as [Node, Node]
        const got = await evaluate({ states, slopes, slope }, valuesOf(kind, each))
        const [h, g] = [got['states'], got['slopes']] as [Float32Array, Float32Array]
        const width = kind === 'GRU' ? 2 * units : 4 * units
        const expected = new Float32Array(units * width)
        for (let place = 0; place < rows * time; place++) {
          if (place % time === 0) continue
          for (let i = 0; i < units; i++) {
            const state = h[(place - 1) * units + i] as number
            for (let j = 0; j < width; j++) {
              const at = i * width + j
              expected[at] = (expected[at] as number) + Math.fround(state * (g[place * parts * units + j] as number))
            }
          }
        }
        expect(bits(got['slope'])).toEqual(bits(expected))
      }),
      { numRuns: 30 },
    )
  })
})
