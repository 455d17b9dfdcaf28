import { elements } from '../../graph/shape.ts'
import { phasesOf, trainedBy } from '../../program/phases.ts'
import { plan, type Place, type Plan, type Setting } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import type { Addresses } from './addresses.ts'
import { encode, encodeGradients } from './encode.ts'
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
  /** Bytes of the instructions of each block: each thread has its own. */
  readonly codeBytes: number
  /** The table of the sums over the blocks, three words each. */
  readonly totals: number
  readonly sums: number
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
    const words: number[] = []
    this.phases = programs.map((each, i) => this.write(words, each, this.plans[i] as Plan, this.layout.phases[i] as Region))
    this.task = Math.ceil((this.layout.end + 4 * words.length) / 16) * 16
    this.end = this.task + taskBytes(this.phases.length)
    machine.grow(this.end)
    machine.words(this.layout.end, words.length).set(words)
    for (const { program: each, region } of this.phases) {
      for (const [step, address] of region.given) {
        const { op, shape, attributes } = each.steps[step] as Step<'constant'>
        if (op === 'constant') machine.floats(address, elements(shape, setting.block)).fill(attributes.value)
      }
    }
  }

  /** Where the values of a step of a phase lie when all of a block or a batch is done. */
  address({ program, plan: planned, region }: Phase, step: number): number {
    return this.addresses(program, planned, region).step(step)
  }

  /** @param rates where the rates of all steps lie, 0 for one that is the same at each */
  taskOf(phase: Phase, rate: number, rates: number): Omit<TaskPhase, 'sum'> {
    const { program, plan: planned, region, start, ...code } = phase
    const { loss, rule } = program.training as NonNullable<Program['training']>
    const {
      parameters,
      gradients,
      trained,
      slots: [first = 0, second = 0],
    } = region
    return {
      ...code,
      program: start,
      ownBytes: planned.split ? this.layout.ownBytes : 0,
      loss: this.address(phase, loss),
      parameters,
      gradients,
      trained,
      first,
      second,
      rule,
      rate,
      rates,
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

  /** Adds the instructions of a phase, and the table of its sums. */
  private write(words: number[], program: Program, planned: Plan, region: Region): Phase {
    const { threads } = this.setting
    const [first, end] = planned.sections
    const here = (): number => this.layout.end + 4 * words.length
    const add = (more: readonly number[]): number => {
      const at = here()
      for (const each of more) words.push(each)
      return at
    }
    const shared = this.addresses(program, planned, region)
    const totals = [...planned.totals.keys()]
    const table = add(
      totals.flatMap(step => {
        const floats = elements((program.steps[step] as Step).shape, 0)
        return [this.addresses(program, planned, region, 0).step(step), shared.step(step), floats]
      }),
    )
    const start = add(encode(program, planned, shared, { from: 0, to: first, threads }))
    const teams = planned.split ? Array.from({ length: threads }, (_, thread) => thread) : [undefined]
    const codes = teams.map(thread =>
      encode(program, planned, this.addresses(program, planned, region, thread), {
        from: first,
        to: end,
        threads: planned.split ? 1 : threads,
      }),
    )
    const [blocks = here()] = codes.map(add)
    const after = add(encode(program, planned, shared, { from: end, to: planned.kernels.length, threads }))
    add(encodeGradients(program, planned, shared, threads))
    return {
      program,
      plan: planned,
      region,
      start,
      blocks,
      after,
      end: here(),
      codeBytes: 4 * (codes[0]?.length ?? 0),
      totals: table,
      sums: totals.length,
    }
  }

  /** As a thread sees it that runs blocks of rows; without one, as all see it. */
  private addresses(program: Program, planned: Plan, region: Region, thread?: number): Addresses {
    const { arena, own, ownBytes } = this.layout
    const away = (thread ?? 0) * ownBytes
    const gradient = (parameter: number): number => region.gradients + this.offset(program, region, parameter)
    const placed = ({ offset, own: alone }: Place): number => (alone ? own + away : arena) + offset
    return {
      gradient,
      step: step => {
        const given = region.given.get(step)
        if (given !== undefined) return given + ((program.steps[step] as Step).op === 'input' ? away : 0)
        const total = thread === undefined ? planned.totals.get(step) : undefined
        if (total !== undefined) return arena + total
        const place = planned.places[step]
        const direct = planned.direct.indexOf(step)
        return direct >= 0 && (thread === undefined || place === undefined) ? gradient(direct) : placed(place as Place)
      },
      turned: step => arena + (planned.turned.get(step) as number),
      scratch: kernel => {
        const scratch = planned.scratch[kernel]
        return scratch === undefined ? [arena, 0] : [placed(scratch), scratch.bytes]
      },
    }
  }
}
