import { elements } from '../../graph/shape.ts'
import { phasesOf, trainedBy } from '../../program/phases.ts'
import { plan, type Plan, type Setting } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import { encode } from './encode.ts'
import { layout, type Layout, type Region } from './layout.ts'
import type { Machine } from './machine.ts'
import { taskBytes, type TaskPhase } from './task.ts'

/** One phase of a program, as the kernels run it. */
export interface Phase {
  readonly program: Program
  readonly plan: Plan
  readonly region: Region
  /** Addresses of its instructions: the first, the first of each block of rows, the first after the blocks, and their end. */
  readonly start: number
  readonly blocks: number
  readonly after: number
  readonly end: number
}

/** A program in the memory of the kernels: instructions, constants, and where everything lies. */
export class Installed {
  readonly program: Program
  readonly setting: Setting
  readonly plans: readonly Plan[]
  readonly layout: Layout
  /** The first is the program itself. */
  readonly phases: readonly Phase[]
  /** Where what an epoch needs to know is written, and where there is room after it. */
  readonly task: number
  readonly end: number

  /** Errors: `EngineError` for an operation without a kernel, or memory that is not there. */
  constructor(machine: Machine, program: Program, setting: Setting) {
    this.program = program
    this.setting = setting
    const programs = phasesOf(program)
    this.plans = programs.map(each => plan(each, setting))
    this.layout = layout(program, this.plans)
    let at = this.layout.end
    const codes = programs.map((each, i) => {
      const [planned, region] = [this.plans[i] as Plan, this.layout.phases[i] as Region]
      return encode(each, planned, this.addresses(each, planned, region), setting.threads)
    })
    this.phases = programs.map((each, i) => {
      const { words, blocks, after } = codes[i] as (typeof codes)[number]
      const start = at
      at += words.byteLength
      const region = this.layout.phases[i] as Region
      return {
        program: each,
        plan: this.plans[i] as Plan,
        region,
        start,
        blocks: start + 4 * blocks,
        after: start + 4 * after,
        end: at,
      }
    })
    this.task = Math.ceil(at / 16) * 16
    this.end = this.task + taskBytes(this.phases.length)
    machine.grow(this.end)
    this.phases.forEach(({ program: { steps }, region, start }, i) => {
      const { words } = codes[i] as (typeof codes)[number]
      machine.words(start, words.length).set(words)
      for (const [step, address] of region.given) {
        const { op, shape, attributes } = steps[step] as Step<'constant'>
        if (op === 'constant') machine.floats(address, elements(shape, setting.block)).fill(attributes.value)
      }
    })
  }

  /** Where the values of a step of a phase lie. */
  address({ program, plan: planned, region }: Phase, step: number): number {
    return this.addresses(program, planned, region).step(step)
  }

  taskOf(phase: Phase, rate: number): TaskPhase {
    const { loss, rule } = phase.program.training as NonNullable<Program['training']>
    const {
      parameters,
      gradients,
      trained,
      slots: [first = 0, second = 0],
    } = phase.region
    const { start, blocks, after, end } = phase
    return {
      program: start,
      blocks,
      after,
      end,
      loss: this.address(phase, loss),
      parameters,
      gradients,
      trained,
      first,
      second,
      rule,
      rate,
    }
  }

  /** Offsets in its region of what a phase trains, and the lengths. */
  trained({ program, region }: Phase): readonly { readonly offset: number; readonly length: number }[] {
    return trainedBy(program).map((port, p) => ({
      offset: this.offset(program, region, p),
      length: elements((program.steps[port.step] as Step).shape, 0),
    }))
  }

  private offset(program: Program, region: Region, parameter: number): number {
    return (this.layout.parameters.get(trainedBy(program)[parameter]?.name as string) as number) - region.parameters
  }

  private addresses(program: Program, planned: Plan, region: Region) {
    const { arena } = this.layout
    const gradient = (parameter: number): number => region.gradients + this.offset(program, region, parameter)
    return {
      gradient,
      step: (step: number): number => {
        const given = region.given.get(step)
        if (given !== undefined) return given
        const direct = planned.direct.indexOf(step)
        return direct >= 0 ? gradient(direct) : arena + (planned.offsets[step] as number)
      },
      turned: (step: number): number => arena + (planned.turned.get(step) as number),
      scratch: (kernel: number): readonly [number, number] => {
        const { offset, bytes } = planned.scratch[kernel] ?? { offset: 0, bytes: 0 }
        return [arena + offset, bytes]
      },
    }
  }
}
