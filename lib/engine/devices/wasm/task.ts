import type { UpdateRule } from '../../program/update-rule.ts'

/** Bytes of a task: what one epoch needs to know (wasm/assembly/index.ts reads it). */
export const TASK_BYTES = 144

export interface TaskWords {
  readonly program: number
  readonly end: number
  readonly batch: number
  readonly rows: number
  readonly order: number
  readonly inputs: number
  readonly inputCount: number
  readonly loss: number
  readonly parameters: number
  readonly gradients: number
  readonly trained: number
  readonly first: number
  readonly second: number
  readonly key0: number
  readonly key1: number
  readonly step: number
  readonly shuffle: boolean
}

const CODES = { sgd: 0, momentum: 1, adam: 2 } as const

export function writeTask(view: DataView, at: number, words: TaskWords, rule: UpdateRule, rate: number): void {
  const { program, end, batch, rows, order, inputs, inputCount, loss, parameters, gradients, trained, first, second, key0, key1, step, shuffle } = words
  const values = [program, end, batch, rows, order, inputs, inputCount, loss, parameters, gradients, trained, first, second, CODES[rule.kind], key0, key1, step, shuffle ? 1 : 0]
  values.forEach((value, i) => view.setUint32(at + 4 * i, value, true))
  const [beta1, beta2, epsilon, decay] = rule.kind === 'adam' ? [rule.beta1, rule.beta2, rule.epsilon, rule.decay] : [rule.kind === 'momentum' ? rule.momentum : 0, 0, 0, 0]
  const doubles = [rate, beta1, beta2, epsilon, decay, power(beta1, step), power(beta2, step), 0]
  doubles.forEach((value, i) => view.setFloat64(at + 72 + 8 * i, value, true))
}

export const stepOfTask = (view: DataView, at: number): number => view.getUint32(at + 64, true)

export const lossOfTask = (view: DataView, at: number): number => view.getFloat64(at + 128, true)

/** beta^step by the same repeated multiplication as the kernel makes, so that a resumed run keeps its bits. */
function power(beta: number, step: number): number {
  let result = 1
  for (let i = 0; i < step; i++) result *= beta
  return result
}
