import { elements } from '../../graph/shape.ts'
import { phasesOf, trainedBy } from '../../program/phases.ts'
import { plan, type Place, type Plan, type Setting } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import type { Addresses } from './addresses.ts'
import { carriedTable } from './carried.ts'
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
  /** Bytes of the instructions before the blocks: where each thread runs them for itself it has its own. */
  readonly startBytes: number
  /** Bytes of the instructions of a block: each thread has its own for each block of a stretch. */
  readonly codeBytes: number
  /** The table of the sums over the blocks, four words each. */
  readonly totals: number
  readonly sums: number
  /** Where the products behind `end` on which updates ride are described; 0 for none. */
  readonly carried: number
}

/** A block of rows: who runs it, and its turn in a stretch of blocks. */
interface Block {
  readonly thread: number
  readonly turn: number
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
      sumsBytes: this.layout.sumsBytes,
      each: planned.each,
      stretch: planned.stretch,
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
  trained({
    program,
    region,
  }: Pick<Phase, 'program' | 'region'>): readonly { readonly offset: number; readonly length: number }[] {
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
    const [first, end, carriers] = planned.sections
    const here = (): number => this.layout.end + 4 * words.length
    const add = (more: readonly number[]): number => {
      const at = here()
      for (const each of more) words.push(each)
      return at
    }
    const addresses = (of?: Block): Addresses => this.addresses(program, planned, region, of)
    const shared = addresses()
    const totals = [...planned.totals.keys()]
    const table = add(
      totals.flatMap(step => {
        const [made, sum] = [addresses({ thread: 0, turn: 0 }).step(step), shared.step(step)]
        const place = planned.direct.includes(step) ? (sum - region.gradients) / 4 : -1
        return [made, sum, elements((program.steps[step] as Step).shape, 0), place]
      }),
    )
    const range = (length: number): number[] => Array.from({ length }, (_, i) => i)
    const teams = range(planned.split ? threads : 1)
    const startCodes = (planned.each ? teams : [undefined]).map(thread =>
      encode(program, planned, thread === undefined ? shared : addresses({ thread, turn: 0 }), {
        from: 0,
        to: first,
        threads: planned.each ? 1 : threads,
      }),
    )
    const [start = here()] = startCodes.map(add)
    const codes = teams.flatMap(thread =>
      range(planned.split ? planned.stretch : 1).map(turn =>
        encode(program, planned, planned.split ? addresses({ thread, turn }) : shared, {
          from: first,
          to: end,
          threads: planned.split ? 1 : threads,
        }),
      ),
    )
    const [blocks = here()] = codes.map(add)
    const after = add(encode(program, planned, shared, { from: end, to: carriers, threads }))
    add(encodeGradients(program, planned, shared, threads))
    const stop = add(encode(program, planned, shared, { from: carriers, to: planned.kernels.length, threads }))
    const trained = carriers < planned.kernels.length ? this.trained({ program, region }) : undefined
    const carried = trained === undefined ? 0 : add(carriedTable(program, planned, trained, region.trained, here()))
    return {
      program,
      plan: planned,
      region,
      start,
      blocks,
      after,
      end: stop,
      startBytes: 4 * (startCodes[0]?.length ?? 0),
      codeBytes: 4 * (codes[0]?.length ?? 0),
      totals: table,
      sums: totals.length,
      carried,
    }
  }

  /** As a thread sees it that runs a block of rows; without one, as all see it. */
  private addresses(program: Program, planned: Plan, region: Region, block?: Block): Addresses {
    const { arena, own, ownBytes, sums, sumsBytes } = this.layout
    const away = (block?.thread ?? 0) * ownBytes
    const starts = { arena, own: own + away, sums: sums + (block?.turn ?? 0) * sumsBytes }
    const gradient = (parameter: number): number => region.gradients + this.offset(program, region, parameter)
    const placed = ({ space, offset }: Place): number => starts[space] + offset
    return {
      gradient,
      step: step => {
        const given = region.given.get(step)
        if (given !== undefined) return given + ((program.steps[step] as Step).op === 'input' ? away : 0)
        const total = block === undefined ? planned.totals.get(step) : undefined
        if (total !== undefined) return arena + total
        const place = planned.places[step]
        const direct = planned.direct.indexOf(step)
        return direct >= 0 && (block === undefined || place === undefined) ? gradient(direct) : placed(place as Place)
      },
      turned: step => placed(planned.turned.get(step) as Place),
      scratch: kernel => {
        const scratch = planned.scratch[kernel]
        return scratch === undefined ? [arena, 0] : [placed(scratch), scratch.bytes]
      },
    }
  }
}
