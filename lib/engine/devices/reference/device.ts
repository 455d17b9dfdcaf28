import { EngineError } from '../../../errors/index.ts'
import type { Device, EpochOptions, EpochResult, Key, Memory, Rows, Runner, State } from '../../device.ts'
import { elements } from '../../graph/shape.ts'
import type { Program } from '../../program/program.ts'
import { slotsOf } from '../../program/update-rule.ts'
import { epochOrder } from '../../random.ts'
import { notFinite } from '../not-finite.ts'
import { batches, stepOf, valuesFor } from '../rows.ts'
import { evaluate, type Surroundings } from './evaluate.ts'
import { update, type Moments } from './update.ts'

/** Plain TypeScript in doubles, one operation after another: the judge of the other devices. Parameters are rounded only when read. */
export const reference: Device = {
  name: 'reference',
  exact: true,
  tolerance: 0,
  prepare: async program => new ReferenceRunner(program),
}

class ReferenceRunner implements Runner {
  readonly program: Program
  private parameters: Record<string, Float64Array>
  private moments: Moments[]
  private steps = 0
  private data: Rows | undefined

  constructor(program: Program) {
    this.program = program
    this.parameters = Object.fromEntries(program.parameters.map(port => [port.name, new Float64Array(this.length(port.step))]))
    this.moments = this.fresh()
  }

  memory(rows: number): Memory {
    const parameters = 8 * this.program.parameters.reduce((all, port) => all + this.length(port.step), 0)
    const training = this.program.training === undefined ? 0 : parameters * (1 + slotsOf(this.program.training.rule))
    const arena = 8 * this.program.steps.reduce((all, { shape }) => all + elements(shape, this.program.batch), 0)
    const data = 4 * this.program.inputs.reduce((all, port) => all + elements(stepOf(this.program, port).shape, rows), 0)
    return { parameters, training, arena, data, total: parameters + training + arena + data }
  }

  load(parameters: Readonly<Record<string, Float32Array>>): void {
    for (const port of this.program.parameters) this.parameters[port.name] = Float64Array.from(valuesFor(this.program, port, parameters, 0))
    this.moments = this.fresh()
    this.steps = 0
  }

  async state(): Promise<State> {
    const flat = (slot: 'first' | 'second'): Float32Array => Float32Array.from(this.moments.flatMap(each => [...each[slot]]))
    return {
      parameters: Object.fromEntries(this.program.parameters.map(({ name }) => [name, Float32Array.from(this.parameters[name] as Float64Array)])),
      slots: ([flat('first'), flat('second')] as const).slice(0, this.program.training === undefined ? 0 : slotsOf(this.program.training.rule)),
      step: this.steps,
    }
  }

  restore(state: State): void {
    this.load(state.parameters)
    this.steps = state.step
    let at = 0
    for (const each of this.moments) {
      each.first.set(state.slots[0]?.subarray(at, at + each.first.length) ?? [])
      each.second.set(state.slots[1]?.subarray(at, at + each.first.length) ?? [])
      at += each.first.length
    }
  }

  async run(rows: Rows, random: Key & { readonly step: number } = { key0: 0, key1: 0, step: 0 }): Promise<Readonly<Record<string, Float32Array>>> {
    const results: Record<string, number[]> = Object.fromEntries(this.program.outputs.map(({ name }) => [name, []]))
    for (const { start, count } of batches(this.program, rows)) {
      const values = evaluate(this.program, this.around(rows, Uint32Array.from({ length: count }, (_, i) => start + i), random))
      for (const { name, step } of this.program.outputs) for (const value of values[step]?.data ?? []) results[name]?.push(value)
    }
    return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, Float32Array.from(values)]))
  }

  bind(data: Rows): void {
    this.program.inputs.forEach(port => valuesFor(this.program, port, data.inputs, data.rows))
    this.data = data
  }

  async epoch({ seed, epoch, shuffle = true, rate }: EpochOptions): Promise<EpochResult> {
    const { training, batch, parameters } = this.program
    const data = this.data
    if (training === undefined || data === undefined) throw new EngineError({ code: 'not-trainable', what: 'an epoch of a program without loss or data', remedy: 'compile with `training` and bind the data first' })
    const order = shuffle ? epochOrder(data.rows, seed.key0, seed.key1, epoch) : Uint32Array.from({ length: data.rows }, (_, i) => i)
    let total = 0
    let made = 0
    for (let start = 0; start < data.rows; start += batch, made++) {
      const rows = order.subarray(start, Math.min(start + batch, data.rows))
      const around = this.around(data, rows, { key0: seed.key0, key1: seed.key1, step: this.steps })
      const values = evaluate(this.program, around)
      const loss = values[training.loss]?.data[0] as number
      const slopes = training.gradients.map(step => values[step]?.data as Float64Array)
      if (!Number.isFinite(loss) || !slopes.every(slope => slope.every(Number.isFinite))) throw notFinite(this.program, around, { epoch, batch: made })
      total += loss * rows.length
      this.steps++
      slopes.forEach((slope, p) => update(training.rule, rate ?? training.rule.rate, this.parameters[parameters[p]?.name as string] as Float64Array, slope, this.moments[p] as Moments, this.steps))
    }
    return { loss: total / data.rows, steps: made }
  }

  dispose(): void {
    this.data = undefined
  }

  private around(data: Rows, rows: Uint32Array, random: Key & { readonly step: number }): Surroundings {
    return {
      rows: rows.length,
      random,
      given: (op, name) => {
        if (op === 'parameter') return this.parameters[name] as Float64Array
        const port = this.program.inputs.find(each => each.name === name)
        const values = valuesFor(this.program, port ?? { name, step: 0 }, data.inputs, data.rows)
        const columns = values.length / data.rows
        return Float64Array.from({ length: rows.length * columns }, (_, i) => values[(rows[Math.floor(i / columns)] as number) * columns + (i % columns)] as number)
      },
    }
  }

  private fresh(): Moments[] {
    return this.program.parameters.map(port => ({ first: new Float64Array(this.length(port.step)), second: new Float64Array(this.length(port.step)) }))
  }

  private length(step: number): number {
    return elements(stepOf(this.program, { name: '', step }).shape, 0)
  }
}
