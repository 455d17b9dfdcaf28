import { EngineError } from '../../errors/index.ts'
import { valuesFor } from '../devices/rows.ts'
import type { Op } from '../graph/node.ts'
import type { Program, Step } from '../program/program.ts'
import { onnxBytes } from './model.ts'
import { OPERATIONS } from './operations.ts'
import { OnnxWriter } from './writer.ts'

/**
 * A program that predicts, with its trained values, as an ONNX model (IR version 8, operator set 17): its inputs and outputs by their names, the batch of any
 * length. Normal and uniform draws become inputs `normal-N` and `uniform-N`, N being their stream, for whoever runs it to fill. Errors: `EngineError`
 * `not-portable` for a program that trains, or an operation that only training needs; `missing-values` and `wrong-length` for the parameters.
 */
export function toOnnx(
  program: Program,
  parameters: Readonly<Record<string, Float32Array>>,
  { name = 'clvlab' }: { readonly name?: string } = {},
): Uint8Array {
  if (program.training !== undefined || program.outputs.length === 0)
    throw notPortable('a program that trains', 'export the program that predicts: `network.prediction(batch)`')
  const given = Object.fromEntries(program.parameters.map(port => [port.name, valuesFor(program, port, parameters, 0)]))
  const to = new OnnxWriter()
  // the count of rows is read off an input, wherever it is asked for
  for (const { step } of program.inputs) declare(to, program.steps[step] as Step)
  const values: string[] = []
  for (const step of program.steps) {
    const write = OPERATIONS[step.op] as ((...args: Parameters<NonNullable<(typeof OPERATIONS)[Op]>>) => string) | undefined
    if (write === undefined)
      throw notPortable(`the operation "${step.op}"`, 'leave out what draws or learns: ONNX carries predictions')
    const operands = step.inputs.map(input => program.steps[input] as Step)
    const inputs = step.inputs.map(input => values[input] as string)
    values.push(write(to, step as never, inputs, { program, operands, parameters: given }))
  }
  const outputs = program.outputs.map(port => ({ name: port.name, dims: [...(program.steps[port.step] as Step).shape] }))
  // an output has the name that it is asked for by, whatever else its value is called
  const renamed = program.outputs.map(port => ({
    operator: 'Identity',
    inputs: [values[port.step] as string],
    output: port.name,
    attributes: {},
  }))
  return onnxBytes({ name, nodes: [...to.nodes, ...renamed], tensors: to.tensors, inputs: to.inputs, outputs })
}

function declare(to: OnnxWriter, step: Step): void {
  if (step.op === 'input') to.input((step as Step<'input'>).attributes.name, step.shape)
}

function notPortable(what: string, remedy: string): EngineError {
  return new EngineError({ code: 'not-portable', what: `${what} has no place in an ONNX model`, remedy })
}
