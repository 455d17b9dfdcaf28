import type { Rows } from '../../device.ts'
import type { Program } from '../../program/program.ts'
import { batches, valuesFor } from '../rows.ts'
import { evaluate } from './evaluate.ts'

/**
 * Runs a program at once, without a device and without waiting: predictions of a fitted model. Doubles in plain TypeScript, the same
 * bytes everywhere. Errors: `EngineError` for values that do not fit.
 */
export function interpret(
  program: Program,
  parameters: Readonly<Record<string, Float32Array>>,
  rows: Rows,
): Readonly<Record<string, Float32Array>> {
  const given = new Map(program.parameters.map(port => [port.name, valuesFor(program, port, parameters, 0)]))
  const inputs = new Map(program.inputs.map(port => [port.name, valuesFor(program, port, rows.inputs, rows.rows)]))
  const results = new Map(program.outputs.map(port => [port.name, [] as number[]]))
  for (const { start, count } of batches(program, rows)) {
    const values = evaluate(program, {
      rows: count,
      random: { key0: 0, key1: 0, step: 0 },
      given: (op, name) => {
        if (op === 'parameter') return given.get(name) as Float32Array
        const all = inputs.get(name) as Float32Array
        const columns = all.length / rows.rows
        return all.subarray(start * columns, (start + count) * columns)
      },
    })
    for (const { name, step } of program.outputs) for (const value of values[step]?.data ?? []) results.get(name)?.push(value)
  }
  return Object.fromEntries([...results].map(([name, values]) => [name, Float32Array.from(values)]))
}
