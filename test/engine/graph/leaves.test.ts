import { describe, expect, it } from 'vitest'
import {
  add,
  gradients,
  input,
  multiply,
  parameter,
  reference,
  rowCount,
  stopGradient,
  sumAll,
  wasm,
} from '../../../lib/engine/index.ts'
import { evaluateOn } from '../evaluate.ts'

describe.each([wasm, reference])('what a graph begins with, on $name', device => {
  const w = parameter('w', 1, 2)
  const values = { w: Float32Array.of(3, -2), x: Float32Array.of(1, 2, 3, 4, 5, 6) }

  it('an input is its rows, and their gradient reaches a parameter', async () => {
    const y = multiply(input('x', 2), w)
    const [slope] = gradients(sumAll(y), [w])
    const got = await evaluateOn(device, { y, slope: slope as never }, values, 3)
    expect(got['y']).toEqual(Float32Array.of(3, -4, 9, -8, 15, -12))
    expect(got['slope']).toEqual(Float32Array.of(1 + 3 + 5, 2 + 4 + 6))
  })

  it('the count of rows is that of the batch, and has no gradient', async () => {
    const [slope] = gradients(sumAll(multiply(w, rowCount())), [w])
    const { count, g } = await evaluateOn(device, { count: rowCount(), g: slope as never, x: input('x', 2) }, values, 3)
    expect([count, g]).toEqual([Float32Array.of(3), Float32Array.of(3, 3)])
  })

  it('what is stopped has its value and passes no gradient on', async () => {
    const y = add(multiply(stopGradient(w), w), stopGradient(multiply(w, 100)))
    const [slope] = gradients(sumAll(y), [w])
    const got = await evaluateOn(device, { y, slope: slope as never }, values, 1)
    expect(got['y']).toEqual(Float32Array.of(9 + 300, 4 - 200))
    expect(got['slope']).toEqual(values.w)
  })
})
