import { EngineError } from '../../../errors/index.ts'
import type { Instance, Kernels } from './module.ts'

const PAGE = 65536
const LIMIT = 4294967296 - PAGE

/** The kernels with the memory that they work in. */
export class Machine {
  readonly instance: Instance
  readonly kernels: Kernels

  constructor(instance: Instance) {
    this.instance = instance
    this.kernels = instance.kernels
  }

  get buffer(): ArrayBuffer | SharedArrayBuffer {
    return this.instance.memory.buffer
  }

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.buffer, at, length)
  }

  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.buffer, at, length)
  }

  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.buffer, at, length)
  }

  view(): DataView {
    return new DataView(this.buffer)
  }

  /** Has at least so many bytes. Errors: `EngineError` where there are not as many. */
  grow(bytes: number): void {
    const missing = bytes - this.buffer.byteLength
    if (bytes > LIMIT) throw tooMuch(bytes)
    if (missing <= 0) return
    try {
      this.instance.memory.grow(Math.ceil(missing / PAGE))
    } catch (cause) {
      throw tooMuch(bytes, cause)
    }
  }
}

function tooMuch(bytes: number, cause?: unknown): EngineError {
  return new EngineError({
    code: 'out-of-memory',
    what: `the model and its data need ${Math.ceil(bytes / 1048576)} MiB, more than WebAssembly can have here`,
    where: `parameters, arena and data; the limit is ${LIMIT / 1048576} MiB at most`,
    remedy: 'use a smaller batch, fewer rows, or a smaller network',
    cause,
  })
}
