import { evaluate } from '../../lib/engine/devices/reference/evaluate.ts'
import { compile, type Node } from '../../lib/engine/index.ts'

/** Values of some nodes in doubles, unrounded, on the reference. */
export function interpretDoubles(
  outputs: Readonly<Record<string, Node>>,
  values: Readonly<Record<string, Float64Array>>,
  rows: number,
): Readonly<Record<string, Float64Array>> {
  const program = compile({ outputs, batch: Math.max(1, rows) })
  const results = evaluate(program, {
    rows,
    random: { key0: 17, key1: 29, step: 3 },
    given: (_, name) => values[name] as Float64Array,
  })
  return Object.fromEntries(program.outputs.map(({ name, step }) => [name, results[step]?.data as Float64Array]))
}
