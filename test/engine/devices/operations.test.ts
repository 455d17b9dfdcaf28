import { describe, expect, it } from 'vitest'
import {
  add,
  compile,
  constant,
  dropoutMask,
  elements,
  gradients,
  input,
  meanAll,
  multiply,
  parameter,
  randomNormal,
  randomUniform,
  reference,
  sumAll,
  type Node,
} from '../../../lib/engine/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { CASES } from '../cases.ts'
import { evaluateOn } from '../evaluate.ts'
import { absentDevices, allDevices } from './all-devices.ts'

function difference(a: Float32Array, b: Float32Array): number {
  expect(b.length).toBe(a.length)
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] as number)) / Math.max(1, Math.abs(value))), 0)
}

describe.each(allDevices.filter(device => device !== reference))('$name agrees with the reference', device => {
  it.for(CASES)('$title: value and gradients', async ({ shapes, build, domain }) => {
    const random = Seed.of(3).random()
    const values: Record<string, Float32Array> = {}
    const operands = shapes.map((shape, i) => {
      values[`p${i}`] = Float32Array.from(
        { length: elements(shape, 1) },
        () => 4 * random.uniform() - (domain === 'positive' ? -0.1 : 2),
      )
      return (
        shape.length === 2
          ? parameter(`p${i}`, shape[0] as number, shape[1])
          : { op: 'parameter', inputs: [], shape, attributes: { name: `p${i}` } }
      ) as Node
    })
    const result = build(operands)
    values['w'] = Float32Array.from({ length: elements(result.shape, 1) }, (_, i) => 0.5 + ((i * 7) % 11) / 10)
    const weighted = sumAll(
      multiply(result, { op: 'parameter', inputs: [], shape: result.shape, attributes: { name: 'w' } } as Node),
    )
    const outputs = { result, ...Object.fromEntries(gradients(weighted, operands).map((slope, i) => [`g${i}`, slope])) }
    const expected = await evaluateOn(reference, outputs, values, 1)
    const got = await evaluateOn(device, outputs, values, 1)
    for (const [name, value] of Object.entries(expected))
      expect(difference(value, got[name] as Float32Array), name).toBeLessThan(device.tolerance)
  })

  it('over a batch shorter than the one compiled for, and over many batches', async () => {
    const x = input('x', 3)
    const values = { x: Float32Array.from({ length: 33 }, (_, i) => Math.fround(i / 7)) }
    const [expected, got] = [
      await evaluateOn(reference, { y: multiply(x, x), mean: meanAll(x) }, values, 11),
      await evaluateOn(device, { y: multiply(x, x), mean: meanAll(x) }, values, 11),
    ]
    expect(difference(expected['y'] as Float32Array, got['y'] as Float32Array)).toBeLessThan(device.tolerance)
    expect(difference(expected['mean'] as Float32Array, got['mean'] as Float32Array)).toBeLessThan(device.tolerance)
  })

  it('draws the same dropout masks and uniforms bit for bit, and normals within tolerance', async () => {
    const outputs = {
      mask: dropoutMask(['batch', 37], 0.3, 1),
      uniform: randomUniform(['batch', 37], 2),
      normal: randomNormal(['batch', 37], 3),
      x: input('x', 1),
    }
    const values = { x: new Float32Array(301) }
    const [expected, got] = [await evaluateOn(reference, outputs, values, 301), await evaluateOn(device, outputs, values, 301)]
    expect(got['mask']).toEqual(expected['mask'])
    expect(got['uniform']).toEqual(expected['uniform'])
    expect(difference(expected['normal'] as Float32Array, got['normal'] as Float32Array)).toBeLessThan(device.tolerance)
    const normal = got['normal'] as Float32Array
    const mean = normal.reduce((a, b) => a + b, 0) / normal.length
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(normal.length))
    expect(Math.abs(normal.reduce((a, b) => a + b * b, 0) / normal.length - 1)).toBeLessThan(4 * Math.sqrt(2 / normal.length))
    expect((got['mask'] as Float32Array).filter(each => each > 0).length / 11137).toBeCloseTo(0.7, 1)
  })

  it('draws anew in each batch of a run, as a run of the next step draws', async () => {
    const program = compile({
      batch: 4,
      outputs: { u: multiply(randomUniform(['batch', 3], 1), add(multiply(input('x', 1), 0), 1)) },
    })
    const runner = await device.prepare(program)
    const at = async (rows: number, step: number): Promise<readonly number[]> => [
      ...((await runner.run({ rows, inputs: { x: new Float32Array(rows) } }, { key0: 1, key1: 2, step }))['u'] as Float32Array),
    ]
    const whole = await at(10, 5)
    expect(whole).toEqual([...(await at(4, 5)), ...(await at(4, 6)), ...(await at(2, 7))])
    expect(new Set(whole).size).toBe(30)
    runner.dispose()
  })

  it('holds constants of a shape', async () => {
    expect((await evaluateOn(device, { c: multiply(constant(2.5, [2, 3]), constant(2)) }, {}, 1))['c']).toEqual(
      new Float32Array(6).fill(5),
    )
  })
})

describe.each(absentDevices)('$name agrees with the reference', ({ why }) => {
  it(`is not here: ${why}`, ({ skip }) => {
    skip(why)
    expect(allDevices.map(({ name }) => name)).toContain(why)
  })
})
