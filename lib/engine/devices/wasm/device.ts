import { EngineError } from '../../../errors/index.ts'
import type { Device, EpochOptions, EpochResult, Key, Memory, Rows, Runner, State } from '../../device.ts'
import { elements } from '../../graph/shape.ts'
import { plan, type Plan } from '../../program/plan.ts'
import type { Program, Step } from '../../program/program.ts'
import { epochOrder } from '../../random.ts'
import { notFinite } from '../not-finite.ts'
import { batches, stepOf, valuesFor } from '../rows.ts'
import { encode } from './encode.ts'
import { layout, memoryOf, type Layout } from './layout.ts'
import { instantiate, type Kernels } from './module.ts'
import { lossOfTask, stepOfTask, TASK_BYTES, writeTask } from './task.ts'

/** The default: kernels in WebAssembly with 128-bit SIMD, whole epochs in one call, the same bytes on every machine. */
export const wasm: Device = {
  name: 'wasm',
  exact: true,
  tolerance: 2e-5,
  prepare: async program => new WasmRunner(program, await instantiate()),
}

const LIMIT = 4294967296 - 65536

interface Bound {
  readonly data: Rows
  readonly order: number
  readonly table: number
}

class WasmRunner implements Runner {
  readonly program: Program
  private readonly kernels: Kernels
  private readonly plan: Plan
  private readonly layout: Layout
  private readonly code: { readonly start: number; readonly end: number }
  private readonly task: number
  private steps = 0
  private bound: Bound | undefined

  constructor(program: Program, kernels: Kernels) {
    this.program = program
    this.kernels = kernels
    this.plan = plan(program)
    this.layout = layout(program, this.plan)
    const words = encode(program, this.plan, {
      step: step => this.address(step),
      scratch: kernel => this.layout.arena + (this.plan.scratch[kernel] ?? 0),
      gradient: parameter => this.gradient(parameter),
    })
    this.code = { start: this.layout.end, end: this.layout.end + words.byteLength }
    this.task = Math.ceil(this.code.end / 16) * 16
    this.grow(this.task + TASK_BYTES)
    new Int32Array(kernels.memory.buffer, this.code.start, words.length).set(words)
    program.steps.forEach((step, i) => {
      if (step.op === 'constant') this.floats(this.address(i), elements(step.shape, program.batch)).fill((step as Step<'constant'>).attributes.value)
    })
  }

  memory(rows: number): Memory {
    return memoryOf(this.program, this.plan, rows)
  }

  load(parameters: Readonly<Record<string, Float32Array>>): void {
    this.program.parameters.forEach((port, p) => {
      const values = valuesFor(this.program, port, parameters, 0)
      this.floats(this.layout.parameters[p] as number, values.length).set(values)
    })
    for (const slot of this.layout.slots) this.floats(slot, this.layout.trained).fill(0)
    this.steps = 0
  }

  async state(): Promise<State> {
    return { parameters: this.parameters(), slots: this.layout.slots.map(slot => this.packed(slot)), step: this.steps }
  }

  restore(state: State): void {
    this.load(state.parameters)
    this.layout.slots.forEach((slot, i) => {
      let at = 0
      this.trained().forEach(({ offset, length }) => {
        this.floats(slot + offset, length).set(state.slots[i]?.subarray(at, at + length) ?? [])
        at += length
      })
    })
    this.steps = state.step
  }

  async run(rows: Rows, random: Key & { readonly step: number } = { key0: 0, key1: 0, step: 0 }): Promise<Readonly<Record<string, Float32Array>>> {
    const { inputs, outputs } = this.program
    const values = inputs.map(port => valuesFor(this.program, port, rows.inputs, rows.rows))
    const results = outputs.map(port => new Float32Array(elements(stepOf(this.program, port).shape, rows.rows)))
    for (const { start, count } of batches(this.program, rows)) {
      inputs.forEach((port, i) => {
        const columns = (values[i] as Float32Array).length / rows.rows
        this.floats(this.address(port.step), count * columns).set((values[i] as Float32Array).subarray(start * columns, (start + count) * columns))
      })
      this.kernels.run(this.code.start, this.code.end, count, random.key0, random.key1, random.step)
      outputs.forEach((port, i) => {
        const { shape } = stepOf(this.program, port)
        const length = elements(shape, count)
        results[i]?.set(this.floats(this.address(port.step), length), shape[0] === 'batch' ? start * (length / count) : 0)
      })
    }
    return Object.fromEntries(outputs.map(({ name }, i) => [name, results[i] as Float32Array]))
  }

  bind(data: Rows): void {
    const { inputs } = this.program
    const values = inputs.map(port => valuesFor(this.program, port, data.inputs, data.rows))
    let at = this.task + TASK_BYTES
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
    inputs.forEach((port, i) => {
      this.floats(places[i] as number, (values[i] as Float32Array).length).set(values[i] as Float32Array)
      const columns = (values[i] as Float32Array).length / data.rows
      ;[places[i] as number, this.address(port.step), columns].forEach((value, w) => view.setUint32(table + 12 * i + 4 * w, value, true))
    })
    this.bound = { data, order, table }
  }

  async epoch({ seed, epoch, shuffle = true, rate }: EpochOptions): Promise<EpochResult> {
    const { training, batch, inputs } = this.program
    if (training === undefined || this.bound === undefined) throw new EngineError({ code: 'not-trainable', what: 'an epoch of a program without loss or data', remedy: 'compile with `training` and bind the data first' })
    const { data, order, table } = this.bound
    const view = new DataView(this.kernels.memory.buffer)
    if (!shuffle) new Uint32Array(this.kernels.memory.buffer, order, data.rows).forEach((_, i, rows) => (rows[i] = i))
    const [first = 0, second = 0] = this.layout.slots
    writeTask(view, this.task, {
      program: this.code.start, end: this.code.end, batch, rows: data.rows, order, inputs: table, inputCount: inputs.length, loss: this.address(training.loss),
      parameters: this.layout.parameters[0] ?? 0, gradients: this.layout.gradients, trained: this.layout.trained, first, second, key0: seed.key0, key1: seed.key1, step: this.steps, shuffle,
    }, training.rule, rate ?? training.rule.rate)
    const before = this.steps
    const failed = this.kernels.epoch(this.task, epoch)
    this.steps = stepOfTask(view, this.task)
    if (failed !== 0) throw this.failure(seed, epoch, shuffle, this.steps - before)
    return { loss: lossOfTask(view, this.task), steps: this.steps - before }
  }

  dispose(): void {
    this.bound = undefined
  }

  private failure(seed: Key, epoch: number, shuffle: boolean, batch: number): EngineError {
    const { data } = this.bound as Bound
    const all = shuffle ? epochOrder(data.rows, seed.key0, seed.key1, epoch) : Uint32Array.from({ length: data.rows }, (_, i) => i)
    const rows = all.subarray(batch * this.program.batch, (batch + 1) * this.program.batch)
    const parameters = this.parameters()
    return notFinite(this.program, {
      rows: rows.length,
      random: { key0: seed.key0, key1: seed.key1, step: this.steps },
      given: (op, name) => {
        if (op === 'parameter') return parameters[name] as Float32Array
        const values = data.inputs[name] as Float32Array
        const columns = values.length / data.rows
        return Float32Array.from({ length: rows.length * columns }, (_, i) => values[(rows[Math.floor(i / columns)] as number) * columns + (i % columns)] as number)
      },
    }, { epoch, batch })
  }

  private parameters(): Record<string, Float32Array> {
    return Object.fromEntries(this.program.parameters.map((port, p) => [port.name, this.floats(this.layout.parameters[p] as number, elements(stepOf(this.program, port).shape, 0)).slice()]))
  }

  /** Offsets of the trained parameters in their region, and their lengths. */
  private trained(): readonly { readonly offset: number; readonly length: number }[] {
    const count = this.program.training?.gradients.length ?? 0
    return this.program.parameters.slice(0, count).map((port, p) => ({
      offset: (this.layout.parameters[p] as number) - (this.layout.parameters[0] as number),
      length: elements(stepOf(this.program, port).shape, 0),
    }))
  }

  private packed(region: number): Float32Array {
    return Float32Array.from(this.trained().flatMap(({ offset, length }) => [...this.floats(region + offset, length)]))
  }

  private gradient(parameter: number): number {
    return this.layout.gradients + (this.layout.parameters[parameter] as number) - (this.layout.parameters[0] as number)
  }

  private address(step: number): number {
    const given = this.layout.given.get(step)
    if (given !== undefined) return given
    const direct = this.plan.direct.indexOf(step)
    return direct >= 0 ? this.gradient(direct) : this.layout.arena + (this.plan.offsets[step] as number)
  }

  private floats(at: number, length: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, at, length)
  }

  private grow(bytes: number): void {
    const { memory } = this.kernels
    const missing = bytes - memory.buffer.byteLength
    if (missing <= 0) return
    const tooMuch = (cause?: unknown): EngineError => new EngineError({
      code: 'out-of-memory', what: `the model and its data need ${Math.ceil(bytes / 1048576)} MiB, more than WebAssembly can have here`,
      where: `parameters, arena and data; the limit is ${LIMIT / 1048576} MiB at most`, remedy: 'use a smaller batch, fewer rows, or a smaller network', cause,
    })
    if (bytes > LIMIT) throw tooMuch()
    try {
      memory.grow(Math.ceil(missing / 65536))
    } catch (cause) {
      throw tooMuch(cause)
    }
  }
}
