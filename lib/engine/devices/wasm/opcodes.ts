import type { Op } from '../../graph/node.ts'

/** Instructions of the interpreter (wasm/assembly/run.ts). */
export const INSTRUCTION = {
  meet: 0,
  group: 1,
  product: 2,
  transpose: 3,
  sum: 4,
  repeat: 5,
  copy: 6,
  rows: 7,
  zero: 8,
  max: 9,
  gather: 10,
  scatterAdd: 11,
  gru: 12,
  gruSlopes: 13,
  lstm: 14,
  lstmSlopes: 15,
  gruWeights: 16,
  lstmWeights: 17,
  normalise: 18,
  normaliseSlopes: 19,
} as const

/** Elementwise operations (wasm/assembly/map.ts) and random sources (wasm/assembly/run.ts). */
export const ELEMENT: Readonly<Partial<Record<Op, number>>> = {
  negate: 1,
  relu: 2,
  sigmoid: 3,
  tanh: 4,
  softplus: 5,
  exp: 6,
  log: 7,
  sqrt: 8,
  square: 9,
  abs: 10,
  sign: 11,
  clip: 12,
  erf: 13,
  add: 20,
  subtract: 21,
  multiply: 22,
  divide: 23,
  maximum: 24,
  minimum: 25,
  greater: 26,
  greaterEqual: 27,
  equal: 28,
  gate: 29,
  select: 30,
  dropoutMask: 40,
  uniform: 41,
  normal: 42,
}

/** How an operand meets the shape of the result. */
export const MODE = { full: 0, scalar: 1, row: 2, column: 3, local: 4 } as const

/** Activations that a product applies itself. */
export const RIDING: Readonly<Partial<Record<Op, number>>> = { relu: 1, sigmoid: 3, tanh: 4 }
