import type { Memory } from '../../device.ts'
import { elements, sizeOf } from '../../graph/shape.ts'
import { round16, type Plan } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import { slotsOf } from '../../program/update-rule.ts'

/** Below lie the module's own few constants. */
const START = 65536

/** Byte addresses of everything that does not depend on the data. Parameters lie end to end, each rounded up to 16 bytes. */
export interface Layout {
  readonly parameters: readonly number[]
  readonly gradients: number
  readonly slots: readonly number[]
  /** Floats in the region of trained parameters, padding included. */
  readonly trained: number
  readonly given: ReadonlyMap<number, number>
  readonly arena: number
  /** Where instructions, task and data begin. */
  readonly end: number
}

export function layout(program: Program, plan: Plan): Layout {
  const bytes = (step: number): number => round16(4 * elements((program.steps[step] as Step).shape, program.batch))
  const trainedCount = program.training?.gradients.length ?? 0
  let at = START
  const take = (length: number): number => {
    const start = at
    at += length
    return start
  }
  const parameters = program.parameters.slice(0, trainedCount).map(({ step }) => take(bytes(step)))
  const region = at - START
  const gradients = take(region)
  const slots = Array.from({ length: program.training === undefined ? 0 : slotsOf(program.training.rule) }, () => take(region))
  parameters.push(...program.parameters.slice(trainedCount).map(({ step }) => take(bytes(step))))
  const given = new Map(program.parameters.map(({ step }, p) => [step, parameters[p] as number]))
  program.steps.forEach((step, i) => {
    if (step.op === 'input' || step.op === 'constant') given.set(i, take(bytes(i)))
  })
  const arena = take(plan.arenaBytes)
  return { parameters, gradients, slots, trained: region / 4, given, arena, end: at }
}

/** Bytes for so many rows of training data. */
export function memoryOf(program: Program, plan: Plan, rows: number): Memory {
  const { trained, slots, arena, end } = layout(program, plan)
  const perRow = program.inputs.reduce((all, { step }) => all + sizeOf((program.steps[step] as Step).shape).count, 0)
  const training = trained * 4 * (1 + slots.length) * (program.training === undefined ? 0 : 1)
  const data = rows === 0 ? 0 : rows * 4 * (perRow + 1)
  const parameters = arena - START - training
  return { parameters, training, arena: end - arena, data, total: parameters + training + (end - arena) + data }
}
