import type { Memory } from '../../device.ts'
import { elements, type Shape } from '../../graph/shape.ts'
import { everyInput, everyParameter, phasesOf, shapeOfPlaced, trainedBy } from '../../program/phases.ts'
import { wholeLines, type Plan } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import { slotsOf } from '../../program/update-rule.ts'
import { controlBytes } from './control.ts'
import { planData, type DataLimits } from './dataset.ts'

/** Below lie the module's own constants and the room of its products. */
export const START = 131072

/** What one phase trains, and where: parameters, gradients and each slot of its optimiser lie end to end in the same order. */
export interface Region {
  readonly parameters: number
  readonly gradients: number
  readonly slots: readonly number[]
  /** Floats, padding included: each parameter begins a line of the cache. */
  readonly trained: number
  /** Inputs, parameters and constants of the phase, by step. */
  readonly given: ReadonlyMap<number, number>
}

/** Byte addresses of everything that does not depend on the data. */
export interface Layout {
  readonly phases: readonly Region[]
  readonly parameters: ReadonlyMap<string, number>
  /** Those of the first thread. */
  readonly inputs: ReadonlyMap<string, number>
  /** All that training changes from step to step: addresses and lengths in floats. */
  readonly trained: readonly (readonly [address: number, length: number])[]
  /** Phases use the same arena, one after another. */
  readonly arena: number
  /** What threads have of their own, the inputs' buffers among it: that of the first, and the bytes of each. */
  readonly own: number
  readonly ownBytes: number
  /** The same for the sums of each block of a stretch. */
  readonly sums: number
  readonly sumsBytes: number
  /** Where threads meet; 0 for one thread. */
  readonly control: number
  /** Where instructions, task and data begin. */
  readonly end: number
}

export function layout(program: Program, plans: readonly Plan[]): Layout {
  const phases = phasesOf(program)
  const { block, threads, split } = plans[0] as Plan
  const most = (of: (plan: Plan) => number): number => Math.max(...plans.map(of))
  const bytes = (shape: Shape): number => wholeLines(4 * elements(shape, block))
  let at = START
  const take = (length: number): number => {
    const start = at
    at += length
    return start
  }
  const parameters = new Map<string, number>()
  const regions = phases.map(phase => {
    const start = at
    for (const { name, step } of trainedBy(phase)) parameters.set(name, take(bytes((phase.steps[step] as Step).shape)))
    const length = at - start
    const gradients = take(length)
    const slots = Array.from({ length: phase.training === undefined ? 0 : slotsOf(phase.training.rule) }, () => take(length))
    return { parameters: start, gradients, slots, trained: length / 4 }
  })
  for (const placed of everyParameter(program)) {
    const { name } = placed.port
    if (!parameters.has(name)) parameters.set(name, take(bytes(shapeOfPlaced(placed))))
  }
  const constants = phases.map(
    ({ steps }) =>
      new Map(steps.flatMap((step, i): [number, number][] => (step.op === 'constant' ? [[i, take(bytes(step.shape))]] : []))),
  )
  const arena = take(most(({ arenaBytes }) => arenaBytes))
  const start = at
  const inputs = new Map(everyInput(program).map(placed => [placed.port.name, take(bytes(shapeOfPlaced(placed)))]))
  const own = take(most(each => each.ownBytes))
  const ownBytes = at - start
  if (split) take((threads - 1) * ownBytes)
  const sumsBytes = most(each => each.sumsBytes)
  const sums = take(most(({ stretch }) => stretch) * sumsBytes)
  const given = phases.map(
    ({ steps }, p) =>
      new Map([
        ...(constants[p] as Map<number, number>),
        ...steps.flatMap((step, i): [number, number][] => {
          if (step.op !== 'input' && step.op !== 'parameter') return []
          return [[i, (step.op === 'input' ? inputs : parameters).get((step as Step<'input'>).attributes.name) as number]]
        }),
      ]),
  )
  const control = threads > 1 ? take(controlBytes(threads)) : 0
  return {
    phases: regions.map((region, i) => ({ ...region, given: given[i] as Map<number, number> })),
    parameters,
    inputs,
    trained: regions.flatMap(({ parameters: own, slots, trained }) =>
      [own, ...slots].map((start): [number, number] => [start, trained]),
    ),
    arena,
    own,
    ownBytes,
    sums,
    sumsBytes,
    control,
    end: at,
  }
}

/** Bytes for so many rows of training data. */
export function memoryOf(program: Program, plans: readonly Plan[], rows: number, limits?: DataLimits): Memory {
  const { phases, arena, end } = layout(program, plans)
  const training = phases.reduce(
    (all, { trained, slots }, i) => all + (phasesOf(program)[i]?.training === undefined ? 0 : trained * 4 * (1 + slots.length)),
    0,
  )
  const data = planData(program, rows, limits).bytes
  const parameters = arena - START - training
  return { parameters, training, arena: end - arena, data, total: parameters + training + (end - arena) + data }
}
