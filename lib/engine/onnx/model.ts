import { bytes, float, integer, join, message, text, type Message } from './protobuf.ts'

// The messages of onnx.proto (ONNX 1.12: IR version 8, operators of set 17), as far as a network needs them; numbers are those of its fields.

const IR_VERSION = 8
/** What the operators mean. */
const OPERATOR_SET = 17
const FLOAT = 1
const INT64 = 7

/** Where a value is named, a number stands for one length and a word for any, the same wherever it is. */
export interface Value {
  readonly name: string
  readonly dims: readonly (number | string)[]
}

export type Attribute = number | readonly number[] | { readonly float: number }

export interface OnnxNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes: Readonly<Record<string, Attribute>>
}

export interface Tensor {
  readonly name: string
  readonly dims: readonly number[]
  readonly values: Float32Array | readonly number[]
}

export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly tensors: readonly Tensor[]
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
}

/** The bytes of a model file. Floats are float32; lists of numbers are whole numbers. */
export function onnxBytes(graph: OnnxGraph): Uint8Array {
  return join([
    ...integer(1, IR_VERSION),
    ...text(2, 'clvlab'),
    ...message(
      7,
      ...graph.nodes.map(each => message(1, nodeOf(each))),
      text(2, graph.name),
      ...graph.tensors.map(each => message(5, tensorOf(each))),
      ...graph.inputs.map(each => message(11, valueOf(each))),
      ...graph.outputs.map(each => message(12, valueOf(each))),
    ),
    ...message(8, text(1, ''), integer(2, OPERATOR_SET)),
  ])
}

function nodeOf({ operator, inputs, output, attributes }: OnnxNode): Message {
  return [
    ...inputs.flatMap(name => text(1, name)),
    ...text(2, output),
    ...text(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) => message(5, text(1, name), attributeOf(value))),
  ]
}

function attributeOf(value: Attribute): Message {
  if (typeof value === 'number') return [...integer(3, value), ...integer(20, 2)]
  if ('float' in value) return [...float(2, value.float), ...integer(20, 1)]
  return [...value.flatMap(each => integer(8, each)), ...integer(20, 7)]
}

function tensorOf({ name, dims, values }: Tensor): Message {
  const floats = values instanceof Float32Array
  const raw = new Uint8Array(values.length * (floats ? 4 : 8))
  const view = new DataView(raw.buffer)
  if (floats) values.forEach((value, i) => view.setFloat32(4 * i, value, true))
  else values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true))
  return [...dims.flatMap(dim => integer(1, dim)), ...integer(2, floats ? FLOAT : INT64), ...text(8, name), ...bytes(9, raw)]
}

function valueOf({ name, dims }: Value): Message {
  const shape = dims.map(dim => message(1, typeof dim === 'number' ? integer(1, dim) : text(2, dim)))
  return [...text(1, name), ...message(2, message(1, integer(1, FLOAT), message(2, ...shape)))]
}
