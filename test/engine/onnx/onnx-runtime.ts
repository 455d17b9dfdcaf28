import { createRequire } from 'node:module'
import path from 'node:path'

interface Session {
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>
}

interface Runtime {
  readonly InferenceSession: { create(bytes: Uint8Array, options: object): Promise<Session> }
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => unknown
}

/** Where `CLVLAB_ONNXRUNTIME` says that onnxruntime-node is installed; it is large, and only these tests need it. */
export const onnxRuntime: Runtime | undefined = load()

function load(): Runtime | undefined {
  const folder = process.env['CLVLAB_ONNXRUNTIME']
  return folder === undefined ? undefined : (createRequire(path.join(folder, 'package.json'))('onnxruntime-node') as Runtime)
}

export interface Feed {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

/** The outputs of a model on onnxruntime. */
export async function runOnnx(
  bytes: Uint8Array,
  feeds: Readonly<Record<string, Feed>>,
): Promise<Readonly<Record<string, Float32Array>>> {
  const { InferenceSession, Tensor } = onnxRuntime as Runtime
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3, intraOpNumThreads: 1 })
  const tensors = Object.entries(feeds).map(([name, { data, dims }]) => [name, new Tensor('float32', data, dims)])
  const made = await session.run(Object.fromEntries(tensors) as Record<string, unknown>)
  return Object.fromEntries(Object.entries(made).map(([name, { data }]) => [name, data]))
}
