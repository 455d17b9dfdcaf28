import { compile, elements, type Device, type Node } from '../../lib/engine/index.ts'
import { interpretDoubles } from './doubles.ts'

/** Values of some nodes on a device; `x` and the like by name. */
export async function evaluateOn(
  device: Device,
  outputs: Readonly<Record<string, Node>>,
  values: Readonly<Record<string, Float32Array>>,
  rows: number,
): Promise<Readonly<Record<string, Float32Array>>> {
  const program = compile({ outputs, batch: Math.max(1, rows) })
  const runner = await device.prepare(program)
  try {
    runner.load(values)
    return await runner.run({ rows, inputs: values }, { key0: 17, key1: 29, step: 3 })
  } finally {
    runner.dispose()
  }
}

/**
 * The largest difference between a gradient and central differences, relative to the larger of 1 and the gradient, for every element of some
 * parameters, in doubles.
 */
export function gradientError(
  of: Node,
  slopes: readonly Node[],
  wrt: readonly Node[],
  values: Readonly<Record<string, Float64Array>>,
  rows: number,
  step = 1e-5,
): number {
  const got = interpretDoubles(Object.fromEntries(slopes.map((slope, i) => [`g${i}`, slope])), values, rows)
  const at = (name: string, i: number, change: number): number => {
    const moved = {
      ...values,
      [name]: (values[name] as Float64Array).with(i, ((values[name] as Float64Array)[i] as number) + change),
    }
    return interpretDoubles({ of }, moved, rows)['of']?.[0] as number
  }
  let worst = 0
  wrt.forEach((node, p) => {
    const name = (node.attributes as { readonly name: string }).name
    for (let i = 0; i < elements(node.shape, rows); i++) {
      const slope = (at(name, i, step) - at(name, i, -step)) / (2 * step)
      const own = got[`g${p}`]?.[i] as number
      worst = Math.max(worst, Math.abs(own - slope) / Math.max(1, Math.abs(slope)))
    }
  })
  return worst
}
