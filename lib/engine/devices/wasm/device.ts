import type { Device, PrepareOptions, Rows, Runner } from '../../device.ts'
import type { Program } from '../../program/program.ts'
import { instantiate, instantiateNow, instantiateShared } from './module.ts'
import { WasmRunner } from './runner.ts'
import { runThreadsFor, threadsFor } from './threads.ts'

/** The default: kernels in WebAssembly with 128-bit SIMD, whole epochs in one call, on all cores where it pays, the same bytes on every machine. */
export const wasm: Device = { name: 'wasm', exact: true, tolerance: 2e-5, prepare }

async function prepare(program: Program, options: PrepareOptions = {}): Promise<Runner> {
  const threads = threadsFor(program, options.threads)
  const shared = threads > 1 ? await instantiateShared() : undefined
  const runThreads = runThreadsFor(program, options.threads)
  const always = options.threads !== undefined
  if (shared === undefined) return new WasmRunner(program, await instantiate(), { runThreads, always })
  return new WasmRunner(program, shared, { threads, always })
}

/** The outputs of a program at once, without waiting, in the bytes of the `wasm` device: predictions of a fitted model. Errors: `EngineError`. */
export function computeNow(
  program: Program,
  parameters: Readonly<Record<string, Float32Array>>,
  rows: Rows,
): Readonly<Record<string, Float32Array>> {
  const runner = new WasmRunner(program, instantiateNow())
  runner.load(parameters)
  return runner.compute(rows)
}
