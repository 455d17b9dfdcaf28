import type { Rate, Rows } from '../../device.ts'
import { elements } from '../../graph/shape.ts'
import { everyInput, phasesOf, shapeOfPlaced } from '../../program/phases.ts'
import type { Program } from '../../program/program.ts'
import { valuesFor } from '../rows.ts'
import { round16 } from '../../program/plan.ts'
import { gatherRows } from './gather-rows.ts'
import type { Machine } from './machine.ts'

/** How much data the kernels' memory is to hold, in bytes. */
export interface DataLimits {
  /** Data up to so much lie there as a whole; more go through it chunk by chunk. */
  readonly whole: number
  /** Of a chunk, of which there are two: one is filled while the other is worked on. */
  readonly chunk: number
}

const LIMITS: DataLimits = { whole: 2147483648, chunk: 1 << 24 }

/** How many bytes of the kernels' memory the data take, and how many rows of them lie there at once. */
export interface DataPlan {
  readonly chunks: boolean
  readonly rows: number
  readonly bytes: number
}

export function planData(program: Program, rows: number, limits: DataLimits = LIMITS): DataPlan {
  const inputs = everyInput(program)
  const rowBytes = 4 * inputs.reduce((all, placed) => all + elements(shapeOfPlaced(placed), 1), 0)
  const rates = phasesOf(program).length * round16(8 * Math.ceil(rows / program.batch))
  const order = round16(4 * rows)
  const chunks = rows * rowBytes > limits.whole
  if (!chunks) return { chunks, rows, bytes: rows === 0 ? 0 : rows * (rowBytes + 4) + rates }
  const batches = Math.max(1, Math.floor(limits.chunk / (program.batch * rowBytes)))
  const held = Math.min(rows, batches * program.batch)
  return { chunks, rows: held, bytes: order + 2 * held * rowBytes + 4 * held + rates }
}

/** Rows that lie ready: how many, which of them in turn, and the table of the inputs (address, buffer, columns) that they come from. */
export interface Chunk {
  readonly rows: number
  readonly order: number
  readonly table: number
}

/** The training data in or on their way to the kernels' memory. */
export class Dataset {
  readonly data: Rows
  /** The order of all rows: fill it before a pass. */
  readonly order: number
  /** Of a pass over all rows. */
  readonly steps: number
  private readonly machine: Machine
  private readonly plan: DataPlan
  private readonly values: readonly Float32Array[]
  private readonly columns: readonly number[]
  /** Addresses of the inputs, one set for each half. */
  private readonly places: readonly (readonly number[])[]
  private readonly tables: readonly number[]
  private readonly straight: number
  /** Room for a table of learning rates, one for each phase. */
  private readonly rates: readonly number[]

  /**
   * @param at where there is room
   * @param buffers the input buffers of the program, by name
   * Errors: `EngineError` for values that do not fit the program, or the memory.
   */
  constructor(
    machine: Machine,
    program: Program,
    data: Rows,
    at: number,
    buffers: ReadonlyMap<string, number>,
    limits?: DataLimits,
  ) {
    const inputs = everyInput(program)
    this.machine = machine
    this.data = data
    this.plan = planData(program, data.rows, limits)
    this.values = inputs.map(({ phase, port }) => valuesFor(phase, port, data.inputs, data.rows))
    this.columns = this.values.map(each => each.length / data.rows)
    let next = at
    const take = (bytes: number): number => {
      const start = next
      next += round16(bytes)
      return start
    }
    this.steps = Math.ceil(data.rows / program.batch)
    this.rates = phasesOf(program).map(() => take(8 * this.steps))
    const halves = this.plan.chunks ? [0, 1] : [0]
    this.tables = halves.map(() => take(12 * inputs.length))
    this.order = take(4 * data.rows)
    this.straight = this.plan.chunks ? take(4 * this.plan.rows) : this.order
    this.places = halves.map(() => this.columns.map(columns => take(4 * columns * this.plan.rows)))
    machine.grow(next + 16)
    this.places.forEach((places, half) =>
      machine
        .words(this.tables[half] as number, 3 * inputs.length)
        .set(inputs.flatMap(({ port }, i) => [places[i] as number, buffers.get(port.name) as number, this.columns[i] as number])),
    )
    if (this.plan.chunks) count(machine.words(this.straight, this.plan.rows))
    else this.values.forEach((values, i) => machine.floats(this.places[0]?.[i] as number, values.length).set(values))
  }

  /** The rows as they stand. */
  keepOrder(): void {
    count(this.machine.words(this.order, this.data.rows))
  }

  /** Writes down the rates of a phase where there is one for each step, and answers where; else 0. */
  tabulate(phase: number, rate: Rate): number {
    if (typeof rate === 'number') return 0
    const at = this.rates[phase] as number
    this.machine.doubles(at, rate.length).set(rate)
    return at
  }

  /** Rows of a chunk; the last one may have fewer. */
  get rows(): number {
    return this.plan.rows
  }

  /** Makes a chunk of a pass ready, in the order of the rows; the one before it may be in use. */
  chunk(index: number): Chunk {
    if (!this.plan.chunks) return { rows: this.data.rows, order: this.order, table: this.tables[0] as number }
    const start = index * this.plan.rows
    const half = index % 2
    const order = this.machine.words(this.order + 4 * start, Math.min(this.plan.rows, this.data.rows - start))
    this.values.forEach((values, i) => {
      const columns = this.columns[i] as number
      gatherRows(values, columns, order, this.machine.floats(this.places[half]?.[i] as number, order.length * columns))
    })
    return { rows: order.length, order: this.straight, table: this.tables[half] as number }
  }
}

function count(words: Uint32Array): void {
  for (let i = 0; i < words.length; i++) words[i] = i
}
