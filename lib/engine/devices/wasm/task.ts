import type { UpdateRule } from '../../program/update-rule.ts'

/** Bytes of the head of a task and of each of its phases: what one epoch needs to know (wasm/assembly/index.ts reads it). */
const HEAD = 48
const PHASE = 104

export const taskBytes = (phases: number): number => HEAD + PHASE * phases

export interface TaskHead {
  readonly batch: number
  readonly rows: number
  readonly order: number
  readonly inputs: number
  readonly inputCount: number
  readonly key0: number
  readonly key1: number
  readonly step: number
  readonly shuffle: boolean
}

export interface TaskPhase {
  readonly program: number
  readonly end: number
  readonly loss: number
  readonly parameters: number
  readonly gradients: number
  readonly trained: number
  readonly first: number
  readonly second: number
  readonly rule: UpdateRule
  readonly rate: number
}

const CODES = { sgd: 0, momentum: 1, adam: 2 } as const

export function writeTask(view: DataView, at: number, head: TaskHead, phases: readonly TaskPhase[]): void {
  const { batch, rows, order, inputs, inputCount, key0, key1, step, shuffle } = head
  ;[batch, rows, order, inputs, inputCount, key0, key1, step, shuffle ? 1 : 0, phases.length, 0].forEach((value, i) => view.setUint32(at + 4 * i, value, true))
  phases.forEach(({ program, end, loss, parameters, gradients, trained, first, second, rule, rate }, p) => {
    const start = at + HEAD + PHASE * p
    ;[program, end, loss, parameters, gradients, trained, first, second, CODES[rule.kind], 0].forEach((value, i) => view.setUint32(start + 4 * i, value, true))
    const [beta1, beta2, epsilon, decay] = rule.kind === 'adam' ? [rule.beta1, rule.beta2, rule.epsilon, rule.decay] : [rule.kind === 'momentum' ? rule.momentum : 0, 0, 0, 0]
    ;[rate, beta1, beta2, epsilon, decay, power(beta1, step), power(beta2, step), 0].forEach((value, i) => view.setFloat64(start + 40 + 8 * i, value, true))
  })
}

/** Steps made so far, the one that failed not among them. */
export const stepOfTask = (view: DataView, at: number): number => view.getUint32(at + 28, true)

/** The phase that failed. */
export const failedPhase = (view: DataView, at: number): number => view.getUint32(at + 40, true)

export const lossOfTask = (view: DataView, at: number, phase: number): number => view.getFloat64(at + HEAD + PHASE * phase + 96, true)

/** beta^step by the same repeated multiplication as the kernel makes, so that a resumed run keeps its bits. */
function power(beta: number, step: number): number {
  let result = 1
  for (let i = 0; i < step; i++) result *= beta
  return result
}
