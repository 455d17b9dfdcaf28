import { EngineError } from '../../../errors/index.ts'
import type { Device, EpochOptions, EpochResult, Key, Memory, Rows, Runner, State } from '../../device.ts'
import { elements } from '../../graph/shape.ts'
import type { Program } from '../../program/program.ts'
import {
  everyInput,
  everyParameter,
  phasesOf,
  rateAt,
  rateOf,
  shapeOfPlaced,
  trainedBy,
  type Placed,
} from '../../program/phases.ts'
import { slotsOf } from '../../program/update-rule.ts'
import { epochOrder } from '../../random.ts'
import { notFinite } from '../not-finite.ts'
import { Pace } from '../pace.ts'
import { resultOf } from '../result-of.ts'
import { batches, drawsAt, stepOf, valuesFor } from '../rows.ts'
import { evaluate, type Surroundings } from './evaluate.ts'
import { clipped, update, type Moments } from './update.ts'

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
  /** By phase, in the order of its gradients. */
  private moments: Moments[][]
  private steps = 0
  private data: Rows | undefined

  constructor(program: Program) {
    this.program = program
    this.parameters = Object.fromEntries(
      everyParameter(program).map(placed => [placed.port.name, new Float64Array(elements(shapeOfPlaced(placed), 0))]),
    )
    this.moments = this.fresh()
  }

  memory(rows: number): Memory {
    const phases = phasesOf(this.program)
    const parameters = 8 * everyParameter(this.program).reduce((all, placed) => all + elements(shapeOfPlaced(placed), 0), 0)
    const training =
      8 *
      phases.reduce(
        (all, phase) =>
          all +
          (phase.training === undefined
            ? 0
            : sizes(phase).reduce((sum, each) => sum + each, 0) * (1 + slotsOf(phase.training.rule))),
        0,
      )
    const arena =
      8 * Math.max(...phases.map(({ steps, batch }) => steps.reduce((all, { shape }) => all + elements(shape, batch), 0)))
    const data = 4 * everyInput(this.program).reduce((all, placed) => all + elements(shapeOfPlaced(placed), rows), 0)
    return { parameters, training, arena, data, total: parameters + training + arena + data }
  }

  load(parameters: Readonly<Record<string, Float32Array>>): void {
    for (const { phase, port } of everyParameter(this.program))
      this.parameters[port.name] = Float64Array.from(valuesFor(phase, port, parameters, 0))
    this.moments = this.fresh()
    this.steps = 0
  }

  async state(): Promise<State> {
    const slots = phasesOf(this.program).flatMap((phase, i) =>
      SLOTS.slice(0, phase.training === undefined ? 0 : slotsOf(phase.training.rule)).map(slot =>
        Float32Array.from((this.moments[i] as Moments[]).flatMap(each => [...each[slot]])),
      ),
    )
    return {
      parameters: Object.fromEntries(Object.entries(this.parameters).map(([name, values]) => [name, Float32Array.from(values)])),
      slots,
      step: this.steps,
    }
  }

  restore(state: State): void {
    this.load(state.parameters)
    this.steps = state.step
    let next = 0
    phasesOf(this.program).forEach((phase, i) => {
      for (const slot of SLOTS.slice(0, phase.training === undefined ? 0 : slotsOf(phase.training.rule))) {
        const saved = state.slots[next++]
        let at = 0
        for (const each of this.moments[i] as Moments[]) {
          each[slot].set(saved?.subarray(at, at + each[slot].length) ?? [])
          at += each[slot].length
        }
      }
    })
  }

  async run(
    rows: Rows,
    random: Key & { readonly step: number } = { key0: 0, key1: 0, step: 0 },
  ): Promise<Readonly<Record<string, Float32Array>>> {
    const results: Record<string, number[]> = Object.fromEntries(this.program.outputs.map(({ name }) => [name, []]))
    for (const { start, count } of batches(this.program, rows)) {
      const values = evaluate(
        this.program,
        this.around(
          rows,
          Uint32Array.from({ length: count }, (_, i) => start + i),
          drawsAt(random, start, this.program.batch),
        ),
      )
      for (const { name, step } of this.program.outputs) for (const value of values[step]?.data ?? []) results[name]?.push(value)
    }
    return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, Float32Array.from(values)]))
  }

  bind(data: Rows): void {
    everyInput(this.program).forEach(({ phase, port }) => valuesFor(phase, port, data.inputs, data.rows))
    this.data = data
  }

  async epoch({ seed, epoch, shuffle = true, rate, from, ...asked }: EpochOptions): Promise<EpochResult> {
    const { training, batch } = this.program
    const data = this.data
    const phases = phasesOf(this.program)
    const sums = phases.map((_, i) => from?.sums[i] ?? 0)
    if (training === undefined || data === undefined)
      throw new EngineError({
        code: 'not-trainable',
        what: 'an epoch of a program without loss or data',
        remedy: 'compile with `training` and bind the data first',
      })
    const order = shuffle
      ? epochOrder(data.rows, seed.key0, seed.key1, epoch)
      : Uint32Array.from({ length: data.rows }, (_, i) => i)
    const of = Math.ceil(data.rows / batch)
    const rates = phases.map((phase, i) => rateOf(phase, rate, i, of))
    const pace = new Pace()
    let made = from?.steps ?? 0
    const tell = (): void => asked.onSteps?.({ steps: made, sums: [...sums] }, of)
    pace.start()
    for (let start = made * batch; start < data.rows; start += batch) {
      const rows = order.subarray(start, Math.min(start + batch, data.rows))
      const around = this.around(data, rows, { key0: seed.key0, key1: seed.key1, step: this.steps })
      phases.forEach((phase, i) => {
        const own = phase.training as NonNullable<Program['training']>
        const values = evaluate(phase, around)
        const loss = values[own.loss]?.data[0] as number
        const slopes = own.gradients.map(step => values[step]?.data as Float64Array)
        if (!Number.isFinite(loss) || !slopes.every(slope => slope.every(Number.isFinite)))
          throw notFinite(phase, around, { epoch, batch: made })
        sums[i] = (sums[i] as number) + loss * rows.length
        const held = clipped(own.rule.clip, slopes)
        trainedBy(phase).forEach(({ name }, p) =>
          update(
            own.rule,
            rateAt(rates[i] ?? 0, made),
            this.parameters[name] as Float64Array,
            held[p] as Float64Array,
            this.moments[i]?.[p] as Moments,
            this.steps + 1,
          ),
        )
      })
      this.steps++
      made++
      if (await pace.rest(asked, tell)) break
    }
    return resultOf({ steps: made, sums }, of, data.rows, batch)
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
        const { phase, port } = everyInput(this.program).find(each => each.port.name === name) as Placed
        const values = valuesFor(phase, port, data.inputs, data.rows)
        const columns = values.length / data.rows
        return Float64Array.from(
          { length: rows.length * columns },
          (_, i) => values[(rows[Math.floor(i / columns)] as number) * columns + (i % columns)] as number,
        )
      },
    }
  }

  private fresh(): Moments[][] {
    return phasesOf(this.program).map(phase =>
      sizes(phase).map(size => ({ first: new Float64Array(size), second: new Float64Array(size) })),
    )
  }
}

const SLOTS = ['first', 'second'] as const

/** Elements of each parameter that a phase trains. */
function sizes(phase: Program): readonly number[] {
  return trainedBy(phase).map(port => elements(stepOf(phase, port).shape, 0))
}
