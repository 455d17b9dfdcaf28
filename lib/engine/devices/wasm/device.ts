import { EngineError } from '../../../errors/index.ts'
import type { Device, EpochOptions, EpochResult, Key, Memory, Rows, Runner, State } from '../../device.ts'
import { elements } from '../../graph/shape.ts'
import { everyInput, everyParameter, phasesOf, rateOf, shapeOfPlaced, trainedBy } from '../../program/phases.ts'
import { plan, type Plan } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import { epochOrder } from '../../random.ts'
import { notFinite } from '../not-finite.ts'
import { batches, stepOf, valuesFor } from '../rows.ts'
import { encode } from './encode.ts'
import { layout, memoryOf, type Layout, type Region } from './layout.ts'
import { instantiate, instantiateNow, type Kernels } from './module.ts'
import { failedPhase, lossOfTask, stepOfTask, taskBytes, writeTask, type TaskPhase } from './task.ts'

/** The default: kernels in WebAssembly with 128-bit SIMD, whole epochs in one call, the same bytes on every machine. */
export const wasm: Device = {
  name: 'wasm',
  exact: true,
  tolerance: 2e-5,
  prepare: async program => new WasmRunner(program, await instantiate()),
}

/** The outputs of a program at once, without waiting, in the bytes of the `wasm` device: predictions of a fitted model. Errors: `EngineError`. */
export function computeNow(
  program: Program,
  parameters: Readonly<Record<string, Float32Array>>,
  rows: Rows,
): Readonly<Record<string, Float32Array>> {
  const runner = new WasmRunner(program, instantiateNow())
  runner.load(parameters)
  return runner.compute(rows)
}

const LIMIT = 4294967296 - 65536

interface Bound {
  readonly data: Rows
  readonly order: number
  readonly table: number
}

/** One phase of a program, as the kernels run it. */
interface Phase {
  readonly program: Program
  readonly plan: Plan
  readonly region: Region
  /** Its instructions. */
  readonly start: number
  readonly end: number
}

class WasmRunner implements Runner {
  readonly program: Program
  private readonly kernels: Kernels
  private readonly plans: readonly Plan[]
  private readonly layout: Layout
  /** The first is the program itself. */
  private readonly phases: readonly Phase[]
  private readonly task: number
  private steps = 0
  private bound: Bound | undefined

  constructor(program: Program, kernels: Kernels) {
    this.program = program
    this.kernels = kernels
    this.plans = phasesOf(program).map(plan)
    this.layout = layout(program, this.plans)
    const codes = phasesOf(program).map((each, i) => this.encoded(each, this.plans[i] as Plan, this.layout.phases[i] as Region))
    let at = this.layout.end
    this.phases = phasesOf(program).map((each, i) => {
      const start = at
      at += (codes[i] as Int32Array).byteLength
      return { program: each, plan: this.plans[i] as Plan, region: this.layout.phases[i] as Region, start, end: at }
    })
    this.task = Math.ceil(at / 16) * 16
    this.grow(this.task + taskBytes(this.phases.length))
    this.phases.forEach(({ program: { steps, batch }, region, start }, i) => {
      new Int32Array(kernels.memory.buffer, start, codes[i]?.length).set(codes[i] as Int32Array)
      for (const [step, address] of region.given) {
        const { op, shape, attributes } = steps[step] as Step<'constant'>
        if (op === 'constant') this.floats(address, elements(shape, batch)).fill(attributes.value)
      }
    })
  }

  memory(rows: number): Memory {
    return memoryOf(this.program, this.plans, rows)
  }

  load(parameters: Readonly<Record<string, Float32Array>>): void {
    for (const { phase, port } of everyParameter(this.program)) {
      const values = valuesFor(phase, port, parameters, 0)
      this.floats(this.layout.parameters.get(port.name) as number, values.length).set(values)
    }
    for (const { slots, trained } of this.layout.phases) for (const slot of slots) this.floats(slot, trained).fill(0)
    this.steps = 0
  }

  async state(): Promise<State> {
    const slots = this.phases.flatMap(phase =>
      phase.region.slots.map(slot =>
        Float32Array.from(this.trained(phase).flatMap(({ offset, length }) => [...this.floats(slot + offset, length)])),
      ),
    )
    return { parameters: this.parameters(), slots, step: this.steps }
  }

  restore(state: State): void {
    this.load(state.parameters)
    let next = 0
    for (const phase of this.phases) {
      for (const slot of phase.region.slots) {
        const saved = state.slots[next++]
        let at = 0
        for (const { offset, length } of this.trained(phase)) {
          this.floats(slot + offset, length).set(saved?.subarray(at, at + length) ?? [])
          at += length
        }
      }
    }
    this.steps = state.step
  }

  async run(rows: Rows, random?: Key & { readonly step: number }): Promise<Readonly<Record<string, Float32Array>>> {
    return this.compute(rows, random)
  }

  compute(
    rows: Rows,
    random: Key & { readonly step: number } = { key0: 0, key1: 0, step: 0 },
  ): Readonly<Record<string, Float32Array>> {
    const { inputs, outputs } = this.program
    const [main] = this.phases as readonly [Phase]
    const values = inputs.map(port => valuesFor(this.program, port, rows.inputs, rows.rows))
    const results = outputs.map(port => new Float32Array(elements(stepOf(this.program, port).shape, rows.rows)))
    for (const { start, count } of batches(this.program, rows)) {
      inputs.forEach((port, i) => {
        const columns = (values[i] as Float32Array).length / rows.rows
        this.floats(this.layout.inputs.get(port.name) as number, count * columns).set(
          (values[i] as Float32Array).subarray(start * columns, (start + count) * columns),
        )
      })
      this.kernels.run(main.start, main.end, count, random.key0, random.key1, random.step)
      outputs.forEach((port, i) => {
        const { shape } = stepOf(this.program, port)
        const length = elements(shape, count)
        results[i]?.set(this.floats(this.address(main, port.step), length), shape[0] === 'batch' ? start * (length / count) : 0)
      })
    }
    return Object.fromEntries(outputs.map(({ name }, i) => [name, results[i] as Float32Array]))
  }

  bind(data: Rows): void {
    const inputs = everyInput(this.program)
    const values = inputs.map(({ phase, port }) => valuesFor(phase, port, data.inputs, data.rows))
    let at = this.task + taskBytes(this.phases.length)
    const take = (bytes: number): number => {
      const start = at
      at += Math.ceil(bytes / 16) * 16
      return start
    }
    const table = take(12 * inputs.length)
    const order = take(4 * data.rows)
    const places = values.map(each => take(each.byteLength))
    this.grow(at + 16)
    const view = new DataView(this.kernels.memory.buffer)
    inputs.forEach(({ port }, i) => {
      this.floats(places[i] as number, (values[i] as Float32Array).length).set(values[i] as Float32Array)
      const columns = (values[i] as Float32Array).length / data.rows
      ;[places[i] as number, this.layout.inputs.get(port.name) as number, columns].forEach((value, w) =>
        view.setUint32(table + 12 * i + 4 * w, value, true),
      )
    })
    this.bound = { data, order, table }
  }

  async epoch({ seed, epoch, shuffle = true, rate }: EpochOptions): Promise<EpochResult> {
    const { training, batch } = this.program
    if (training === undefined || this.bound === undefined)
      throw new EngineError({
        code: 'not-trainable',
        what: 'an epoch of a program without loss or data',
        remedy: 'compile with `training` and bind the data first',
      })
    const { data, order, table } = this.bound
    const view = new DataView(this.kernels.memory.buffer)
    if (!shuffle) new Uint32Array(this.kernels.memory.buffer, order, data.rows).forEach((_, i, rows) => (rows[i] = i))
    const head = {
      batch,
      rows: data.rows,
      order,
      inputs: table,
      inputCount: this.layout.inputs.size,
      key0: seed.key0,
      key1: seed.key1,
      step: this.steps,
      shuffle,
    }
    writeTask(
      view,
      this.task,
      head,
      this.phases.map((phase, i) => this.taskOf(phase, rateOf(phase.program, rate, i))),
    )
    const before = this.steps
    const failed = this.kernels.epoch(this.task, epoch)
    this.steps = stepOfTask(view, this.task)
    if (failed !== 0)
      throw this.failure(
        seed,
        epoch,
        shuffle,
        this.steps - before,
        this.phases[failedPhase(view, this.task)]?.program ?? this.program,
      )
    const losses = this.phases.map((_, i) => lossOfTask(view, this.task, i))
    return { loss: losses[0] as number, losses, steps: this.steps - before }
  }

  dispose(): void {
    this.bound = undefined
  }

  private failure(seed: Key, epoch: number, shuffle: boolean, batch: number, phase: Program): EngineError {
    const { data } = this.bound as Bound
    const all = shuffle
      ? epochOrder(data.rows, seed.key0, seed.key1, epoch)
      : Uint32Array.from({ length: data.rows }, (_, i) => i)
    const rows = all.subarray(batch * this.program.batch, (batch + 1) * this.program.batch)
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
      { epoch, batch },
    )
  }

  private parameters(): Record<string, Float32Array> {
    return Object.fromEntries(
      everyParameter(this.program).map(placed => {
        const { name } = placed.port
        return [name, this.floats(this.layout.parameters.get(name) as number, elements(shapeOfPlaced(placed), 0)).slice()]
      }),
    )
  }

  private encoded(program: Program, planned: Plan, region: Region): Int32Array {
    return encode(program, planned, {
      step: step => this.address({ program, plan: planned, region }, step),
      scratch: kernel => this.layout.arena + (planned.scratch[kernel] ?? 0),
      gradient: parameter => region.gradients + this.offset({ program, region }, parameter),
    })
  }

  private taskOf({ program, plan: planned, region, start, end }: Phase, rate: number): TaskPhase {
    const { loss, rule } = program.training as NonNullable<Program['training']>
    const {
      parameters,
      gradients,
      trained,
      slots: [first = 0, second = 0],
    } = region
    return {
      program: start,
      end,
      loss: this.address({ program, plan: planned, region }, loss),
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
  private trained(phase: Phase): readonly { readonly offset: number; readonly length: number }[] {
    return trainedBy(phase.program).map((port, p) => ({
      offset: this.offset(phase, p),
      length: elements(stepOf(phase.program, port).shape, 0),
    }))
  }

  private offset({ program, region }: Pick<Phase, 'program' | 'region'>, parameter: number): number {
    return (this.layout.parameters.get(trainedBy(program)[parameter]?.name as string) as number) - region.parameters
  }

  private address({ program, plan: planned, region }: Pick<Phase, 'program' | 'plan' | 'region'>, step: number): number {
    const given = region.given.get(step)
    if (given !== undefined) return given
    const direct = planned.direct.indexOf(step)
    return direct >= 0
      ? region.gradients + this.offset({ program, region }, direct)
      : this.layout.arena + (planned.offsets[step] as number)
  }

  private floats(at: number, length: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, at, length)
  }

  private grow(bytes: number): void {
    const { memory } = this.kernels
    const missing = bytes - memory.buffer.byteLength
    if (missing <= 0) return
    const tooMuch = (cause?: unknown): EngineError =>
      new EngineError({
        code: 'out-of-memory',
        what: `the model and its data need ${Math.ceil(bytes / 1048576)} MiB, more than WebAssembly can have here`,
        where: `parameters, arena and data; the limit is ${LIMIT / 1048576} MiB at most`,
        remedy: 'use a smaller batch, fewer rows, or a smaller network',
        cause,
      })
    if (bytes > LIMIT) throw tooMuch()
    try {
      memory.grow(Math.ceil(missing / 65536))
    } catch (cause) {
      throw tooMuch(cause)
    }
  }
}
