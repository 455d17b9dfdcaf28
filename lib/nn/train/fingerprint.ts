import { createHash } from 'node:crypto'
import type { Program } from '../../engine/index.ts'
import type { Seed } from '../../numeric/index.ts'
import type { Examples } from './options.ts'

/** Tells trainings apart: the program with its optimiser, the seed and the data, validation included. */
export function fingerprint(program: Program, seed: Seed, data: Examples, validation: Examples | undefined): string {
  const hash = createHash('sha256').update(JSON.stringify([program, seed.key0, seed.key1]))
  for (const examples of [data, ...(validation === undefined ? [] : [validation])]) {
    for (const values of [examples.x, examples.y, examples.weight ?? new Float32Array(0)]) {
      hash.update(`${values.length}\n`).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    }
  }
  return hash.digest('hex')
}
