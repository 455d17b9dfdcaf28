import { EngineError } from '../../../errors/index.ts'
import type { EpochOptions, EpochResult, Key, Memory, Pass, Rows, Runner, State } from '../../device.ts'
import { elements } from '../../graph/shape.ts'
import { blockRows } from '../../program/blocks.ts'
import { everyParameter, rateAt, rateOf, shapeOfPlaced } from '../../program/phases.ts'
import type { Setting } from '../../program/plan.ts'
import type { Program } from '../../program/program.ts'
import { epochOrder } from '../../random.ts'
import { notFinite } from '../not-finite.ts'
import type { Pace } from '../pace.ts'
import { resultOf } from '../result-of.ts'
import { batches, valuesFor } from '../rows.ts'
import type { Order } from './compute.ts'
import { Computers } from './computers.ts'
import { Dataset, type DataLimits } from './dataset.ts'
import { Installed } from './installed.ts'
import { memoryOf } from './layout.ts'
import { Machine } from './machine.ts'
import type { Instance } from './module.ts'
import { failedPhase, lossOfTask, stepOfTask, writeTask } from './task.ts'
import { paceFor, Trainers } from './trainers.ts'

export interface RunnerOptions extends Partial<Setting> {
  /** Whether the threads work on a pass however short. */
  readonly always?: boolean
  readonly data?: DataLimits
  /** Cuts a pass into bouts. */
  readonly pace?: Pace
  /** Threads that share the batches of a run; one unless given. */
  readonly runThreads?: number
}

/** A program held by the `wasm` device. */
export class WasmRunner implements Runner {
  readonly program: Program
  private readonly machine: Machine
  private readonly installed: Installed
  private readonly trainers: Trainers
  private readonly computers: Computers
  private readonly limits: DataLimits | undefined
  private steps = 0
  private dataset: Dataset | undefined
  private busy = false

  /** @param instance one whose memory can be shared, for more than one thread */
  constructor(
    program: Program,
    instance: Instance,
    { threads = 1, runThreads = 1, block, always = false, data, pace }: RunnerOptions = {},
  ) {
    this.program = program
    this.limits = data
    this.machine = new Machine(instance)
    this.installed = new Installed(this.machine, program, { threads, block: block ?? blockRows(program) })
    this.trainers = new Trainers(this, this.machine, this.installed, { always, pace: pace ?? paceFor(program) })
    this.computers = new Computers(this, this.machine, program, this.installed, { threads: runThreads, always })
  }

  memory(rows: number): Memory {
    return memoryOf(this.program, this.installed.plans, rows, this.limits)
  }

  load(parameters: Readonly<Record<string, Float32Array>>): void {
    this.requireRest()
    const { layout, phases } = this.installed
    for (const { phase, port } of everyParameter(this.program)) {
      const values = valuesFor(phase, port, parameters, 0)
      this.machine.floats(layout.parameters.get(port.name) as number, values.length).set(values)
    }
    for (const { region } of phases) for (const slot of region.slots) this.machine.floats(slot, region.trained).fill(0)
    this.computers.changed()
    this.steps = 0
  }

  async state(): Promise<State> {
    this.requireRest()
    const slots = this.installed.phases.flatMap(phase => {
      const trained = this.installed.trained(phase)
      const length = trained.reduce((all, each) => all + each.length, 0)
      return phase.region.slots.map(slot => {
        const saved = new Float32Array(length)
        let at = 0
        for (const each of trained) {
          saved.set(this.machine.floats(slot + each.offset, each.length), at)
          at += each.length
        }
        return saved
      })
    })
    return { parameters: this.parameters(), slots, step: this.steps }
  }

  restore(state: State): void {
    this.load(state.parameters)
    let next = 0
    for (const phase of this.installed.phases) {
      for (const slot of phase.region.slots) {
        const saved = state.slots[next++]
        let at = 0
        for (const { offset, length } of this.installed.trained(phase)) {
          this.machine.floats(slot + offset, length).set(saved?.subarray(at, at + length) ?? [])
          at += length
        }
      }
    }
    this.steps = state.step
  }

  async run(rows: Rows, random?: Key & { readonly step: number }): Promise<Readonly<Record<string, Float32Array>>> {
    return this.named(await this.computers.together(this.ordered(rows, random)))
  }

  /** The same at once, on this thread alone. */
  compute(rows: Rows): Readonly<Record<string, Float32Array>> {
    return this.named(this.computers.here(this.ordered(rows)))
  }

  bind(data: Rows): void {
    this.requireRest()
    this.dataset = undefined
    this.dataset = new Dataset(this.machine, this.program, data, this.installed.end, this.installed.layout.inputs, this.limits)
  }

  async epoch(options: EpochOptions): Promise<EpochResult> {
    this.requireRest()
    const { dataset } = this
    if (this.program.training === undefined || dataset === undefined)
      throw new EngineError({
        code: 'not-trainable',
        what: 'an epoch of a program without loss or data',
        remedy: 'compile with `training` and bind the data first',
      })
    this.busy = true
    try {
      return await this.pass(dataset, options)
    } finally {
      this.busy = false
    }
  }

  dispose(): void {
    this.dataset = undefined
    this.trainers.dispose()
    this.computers.dispose()
  }

  private ordered(rows: Rows, random: Order['random'] = { key0: 0, key1: 0, step: 0 }): Order {
    this.requireRest()
    batches(this.program, rows)
    const values = this.program.inputs.map(port => valuesFor(this.program, port, rows.inputs, rows.rows))
    return { rows: rows.rows, values, random }
  }

  private named(results: readonly Float32Array[]): Readonly<Record<string, Float32Array>> {
    return Object.fromEntries(this.program.outputs.map(({ name }, i) => [name, results[i] as Float32Array]))
  }

  private async pass(
    dataset: Dataset,
    { seed, epoch, shuffle = true, rate, from, ...asked }: EpochOptions,
  ): Promise<EpochResult> {
    const { machine, installed } = this
    const { task, phases } = installed
    if (shuffle) machine.kernels.reorder(dataset.order, dataset.data.rows, seed.key0, seed.key1, epoch)
    else dataset.keepOrder()
    const [before, made] = [this.steps, from?.steps ?? 0]
    const rates = phases.map((phase, i) => rateOf(phase.program, rate, i, dataset.steps))
    const prepare = (): void =>
      writeTask(
        machine.view(),
        task,
        {
          batch: this.program.batch,
          inputCount: installed.layout.inputs.size,
          key0: seed.key0,
          key1: seed.key1,
          step: before,
          made,
          block: installed.setting.block,
        },
        phases.map((phase, i) => ({
          ...installed.taskOf(phase, rateAt(rates[i] ?? 0, 0), dataset.tabulate(i, rates[i] ?? 0)),
          sum: from?.sums[i] ?? 0,
        })),
      )
    const now = (): Pass => {
      this.steps = stepOfTask(machine.view(), task)
      return { steps: made + this.steps - before, sums: phases.map((_, i) => lossOfTask(machine.view(), task, i)) }
    }
    const tell = (): void => {
      const pass = now()
      asked.onSteps?.(pass, dataset.steps)
    }
    const failed = await this.trainers.pass({ dataset, from: made, prepare, asked, tell })
    const pass = now()
    if (failed === 0) return resultOf(pass, dataset.steps, dataset.data.rows, this.program.batch)
    const order = shuffle
      ? epochOrder(dataset.data.rows, seed.key0, seed.key1, epoch)
      : Uint32Array.from({ length: dataset.data.rows }, (_, i) => i)
    const failing = phases[failedPhase(machine.view(), task)]?.program ?? this.program
    throw this.failure(dataset, order, seed, { epoch, batch: pass.steps }, failing)
  }

  private failure(
    { data }: Dataset,
    order: Uint32Array,
    seed: Key,
    where: { readonly epoch: number; readonly batch: number },
    phase: Program,
  ): EngineError {
    const rows = order.subarray(where.batch * this.program.batch, (where.batch + 1) * this.program.batch)
    const parameters = this.parameters()
    return notFinite(
      phase,
      {
        rows: rows.length,
        random: { key0: seed.key0, key1: seed.key1, step: this.steps },
        given: (op, name) => {
          if (op === 'parameter') return parameters[name] as Float32Array
          const values = data.inputs[name] as Float32Array
          const columns = values.length / data.rows
          return Float32Array.from(
            { length: rows.length * columns },
            (_, i) => values[(rows[Math.floor(i / columns)] as number) * columns + (i % columns)] as number,
          )
        },
      },
      where,
    )
  }

  private parameters(): Record<string, Float32Array> {
    return Object.fromEntries(
      everyParameter(this.program).map(placed => {
        const { name } = placed.port
        const at = this.installed.layout.parameters.get(name) as number
        return [name, this.machine.floats(at, elements(shapeOfPlaced(placed), 0)).slice()]
      }),
    )
  }

  private requireRest(): void {
    if (!this.busy) return
    throw new EngineError({ code: 'busy', what: 'a training goes on with this program', remedy: 'wait for its epoch to end' })
  }
}
