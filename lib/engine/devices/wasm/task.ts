import type { UpdateRule } from '../../program/update-rule.ts'

/** Bytes of the head of a task and of each of its phases: what training needs to know (wasm/assembly/index.ts reads it). */
const HEAD = 48
const PHASE = 160

export const taskBytes = (phases: number): number => HEAD + PHASE * phases

export interface TaskHead {
  readonly batch: number
  readonly inputCount: number
  readonly key0: number
  readonly key1: number
  /** Steps made so far, and those of them that are of this pass. */
  readonly step: number
  readonly made: number
  /** Rows of a batch that are run together. */
  readonly block: number
}

export interface TaskPhase {
  /** Its instructions, the first ones of each block of rows, the first ones after the blocks, and their end. */
  readonly program: number
  readonly blocks: number
  readonly after: number
  readonly end: number
  /** Where each thread runs blocks of its own: the bytes between what they have, and between their instructions; else 0. */
  readonly ownBytes: number
  readonly codeBytes: number
  /** The bytes of the instructions before the blocks, and whether each thread runs its own. */
  readonly startBytes: number
  readonly each: boolean
  /** Blocks between two meetings, and the bytes between their sums. */
  readonly stretch: number
  readonly sumsBytes: number
  /** The sums over the blocks, and how many. */
  readonly totals: number
  readonly sums: number
  readonly loss: number
  readonly parameters: number
  readonly gradients: number
  readonly trained: number
  readonly first: number
  readonly second: number
  readonly rule: UpdateRule
  readonly rate: number
  /** Where the rates of all steps of the pass lie, in doubles; 0 where `rate` is that of each. */
  readonly rates: number
  /** Where the end of the products that updates ride on is written, and what they leave to update; 0 for none. */
  readonly carried: number
  /** The loss so far, added up over the rows of the pass. */
  readonly sum: number
}

const CODES = { sgd: 0, momentum: 1, adam: 2, nesterov: 3, rmsprop: 4, nadam: 5 } as const
const CLIPPING = { value: 1, norm: 2 } as const

export function writeTask(view: DataView, at: number, head: TaskHead, phases: readonly TaskPhase[]): void {
  const { batch, inputCount, key0, key1, step, made, block } = head
  ;[batch, 0, 0, 0, inputCount, key0, key1, step, step - made, phases.length, 0, block].forEach((value, i) =>
    view.setUint32(at + 4 * i, value, true),
  )
  phases.forEach(
    (
      {
        program,
        blocks,
        after,
        end,
        ownBytes,
        codeBytes,
        startBytes,
        each,
        stretch,
        sumsBytes,
        totals,
        sums,
        loss,
        parameters,
        gradients,
        trained,
        first,
        second,
        rule,
        rate,
        rates,
        carried,
        sum,
      },
      p,
    ) => {
      const start = at + HEAD + PHASE * p
      ;[
        program,
        end,
        loss,
        parameters,
        gradients,
        trained,
        first,
        second,
        CODES[rule.kind],
        rule.clip === undefined ? 0 : CLIPPING[rule.clip.by],
        blocks,
        after,
        ownBytes,
        codeBytes,
        totals,
        sums,
      ].forEach((value, i) => view.setUint32(start + 4 * i, value, true))
      const [beta1, beta2, epsilon, decay] = numbersOf(rule)
      ;[rate, beta1, beta2, epsilon, decay, power(beta1, step), power(beta2, step), sum, rule.clip?.limit ?? 0].forEach(
        (value, i) => view.setFloat64(start + 64 + 8 * i, value, true),
      )
      ;[rates, startBytes, each ? 1 : 0, stretch, sumsBytes, carried].forEach((value, i) =>
        view.setUint32(start + 136 + 4 * i, value, true),
      )
    },
  )
}

/** Names the rows that the next training goes over: how many, which in turn, and the table of the inputs. */
export function pointTask(
  view: DataView,
  at: number,
  { rows, order, table }: { readonly rows: number; readonly order: number; readonly table: number },
): void {
  ;[rows, order, table].forEach((value, i) => view.setUint32(at + 4 + 4 * i, value, true))
}

/** What the kernels call beta1, beta2, epsilon and decay. */
function numbersOf(rule: UpdateRule): readonly [number, number, number, number] {
  switch (rule.kind) {
    case 'sgd':
      return [0, 0, 0, 0]
    case 'momentum':
    case 'nesterov':
      return [rule.momentum, 0, 0, 0]
    case 'rmsprop':
      return [rule.rho, 0, rule.epsilon, 0]
    case 'nadam':
      return [rule.beta1, rule.beta2, rule.epsilon, 0]
    default:
      return [rule.beta1, rule.beta2, rule.epsilon, rule.decay]
  }
}

/** Steps made so far, the one that failed not among them. */
export const stepOfTask = (view: DataView, at: number): number => view.getUint32(at + 28, true)

/** The phase that failed. */
export const failedPhase = (view: DataView, at: number): number => view.getUint32(at + 40, true)

/** The loss of a phase, added up over the rows. */
export const lossOfTask = (view: DataView, at: number, phase: number): number =>
  view.getFloat64(at + HEAD + PHASE * phase + 120, true)

/** beta^step by the same repeated multiplication as the kernel makes, so that a resumed run keeps its bits. */
function power(beta: number, step: number): number {
  let result = 1
  for (let i = 0; i < step; i++) result *= beta
  return result
}
