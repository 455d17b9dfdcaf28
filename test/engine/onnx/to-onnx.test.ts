import { describe, expect, it } from 'vitest'
import {
  add,
  compile,
  constant,
  dropoutMask,
  elements,
  input,
  meanAll,
  multiply,
  parameter,
  randomNormal,
  reference,
  toOnnx,
  type Node,
} from '../../../lib/engine/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { CASES } from '../cases.ts'
import { evaluateOn } from '../evaluate.ts'
import { onnxRuntime, runOnnx } from './onnx-runtime.ts'
import { fieldsOf, wordsOf } from './read-protobuf.ts'

/** Stated: onnxruntime has other kernels for the transcendentals. */
const TOLERANCE = 2e-5

describe('an ONNX model', () => {
  const x = input('x', 3)
  const linear = compile({ outputs: { y: add(multiply(x, parameter('w', 1, 3)), 1) }, batch: 8 })
  const bytes = toOnnx(linear, { w: Float32Array.of(1, 2, 3) }, { name: 'line' })

  it('says its versions, its maker, its graph and its operators (field numbers of onnx.proto, ONNX 1.12)', () => {
    const model = fieldsOf(bytes)
    expect(model.get(1)?.[0]).toBe(8n)
    expect(wordsOf(model.get(2)?.[0])).toBe('clvlab')
    expect(fieldsOf(model.get(8)?.[0] as Uint8Array).get(2)?.[0]).toBe(17n)
    const graph = fieldsOf(model.get(7)?.[0] as Uint8Array)
    expect(wordsOf(graph.get(2)?.[0])).toBe('line')
    const operators = graph.get(1)?.map(node => wordsOf(fieldsOf(node as Uint8Array).get(4)?.[0]))
    expect(operators).toEqual(['Mul', 'Add', 'Identity'])
    const named = (field: number): unknown => graph.get(field)?.map(each => wordsOf(fieldsOf(each as Uint8Array).get(1)?.[0]))
    expect([named(11), named(12)]).toEqual([['x'], ['y']])
    const [weights] = (graph.get(5) ?? []).map(each => fieldsOf(each as Uint8Array))
    expect([wordsOf(weights?.get(8)?.[0]), weights?.get(1), weights?.get(2)]).toEqual(['w', [1n, 3n], [1n]])
    const raw = weights?.get(9)?.[0] as Uint8Array
    expect(new Float32Array(raw.slice().buffer)).toEqual(Float32Array.of(1, 2, 3))
  })

  it('refuses what it cannot carry by name, and weights that do not fit', () => {
    const training = compile({
      batch: 2,
      training: { loss: meanAll(multiply(x, parameter('w', 1, 3))), rule: { kind: 'sgd', rate: 0.1 } },
    })
    expect(() => toOnnx(training, { w: new Float32Array(3) })).toThrow(/a program that trains has no place in an ONNX model/)
    const dropped = compile({ outputs: { y: multiply(x, dropoutMask(x.shape, 0.5, 0)) }, batch: 2 })
    expect(() => toOnnx(dropped, {})).toThrow(/the operation "dropoutMask" has no place/)
    expect(() => toOnnx(linear, {})).toThrow(/no values for "w"/)
    expect(() => toOnnx(linear, { w: new Float32Array(2) })).toThrow(/"w" has 2 values where 3 belong/)
  })
})

/** What only gradients are made of has no place there. */
const LEARNS: ReadonlySet<string> = new Set(['scatterAdd', 'normaliseSlopes'])

describe('on onnxruntime', () => {
  it.for(CASES.filter(({ op }) => !LEARNS.has(op)))(
    '$title is what the reference computes',
    async ({ shapes, build, domain }, { skip }) => {
      skip(onnxRuntime === undefined, 'CLVLAB_ONNXRUNTIME does not say where it is')
      const random = Seed.of(3).random()
      const values: Record<string, Float32Array> = {}
      const operands = shapes.map((shape, i) => {
        values[`p${i}`] = Float32Array.from(
          { length: elements(shape, 1) },
          () => 4 * random.uniform() - (domain === 'positive' ? -0.1 : 2),
        )
        return { op: 'parameter', inputs: [], shape, attributes: { name: `p${i}` } } as unknown as Node
      })
      const outputs = { result: build(operands) }
      const expected = await evaluateOn(reference, outputs, values, 1)
      const got = await runOnnx(toOnnx(compile({ outputs, batch: 1 }), values), {})
      const worst = (expected['result'] as Float32Array).reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (got['result']?.[i] as number)) / Math.max(1, Math.abs(value))),
        0,
      )
      expect(worst).toBeLessThan(TOLERANCE)
    },
  )

  it('draws become inputs, and the rows of a run are counted', async ({ skip }) => {
    skip(onnxRuntime === undefined, 'CLVLAB_ONNXRUNTIME does not say where it is')
    const noise = randomNormal(['batch', 2], 4)
    const outputs = { made: add(multiply(noise, 2), constant(1, ['batch', 2])), mean: meanAll(noise) }
    const data = Float32Array.of(1, 2, 3, 4, 5, 7)
    const got = await runOnnx(toOnnx(compile({ outputs, batch: 8 }), {}), { 'normal-4': { dims: [3, 2], data } })
    expect(got['made']).toEqual(data.map(each => 2 * each + 1))
    expect(got['mean']?.[0]).toBeCloseTo(22 / 6, 6)
  })
})
