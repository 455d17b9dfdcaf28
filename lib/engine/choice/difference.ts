import { EngineError } from '../../errors/index.ts'
import type { Device, Key, Rows } from '../device.ts'
import { wasm } from '../devices/wasm/device.ts'
import { phasesOf } from '../program/phases.ts'
import type { Program } from '../program/program.ts'

/** A training as it is about to begin. */
export interface Job {
  readonly program: Program
  /** First values of the parameters, by name. */
  readonly start: Readonly<Record<string, Float32Array>>
  readonly rows: Rows
  readonly seed: Key
}

/**
 * How far a device is from `wasm` on this very program: its loss and every gradient at the first batch, the largest difference relative to the
 * larger of 1 and the value. A step of plain descent at rate 1 moves each parameter by its gradient, so that any training program can be asked.
 * Undefined where `wasm` cannot hold the program, or a number is not finite. Errors: those of the device.
 */
export async function differenceFromWasm(device: Device, job: Job): Promise<number | undefined> {
  const phases = phasesOf(job.program).map(each => bare(each))
  const program = { ...(phases[0] as Program), ...(phases.length === 1 ? {} : { next: phases.slice(1) }) }
  const data = firstRows(job.rows, job.program.batch)
  let worst = 0
  for (const phase of phases.keys()) {
    const rate = phases.map((_, i) => (i === phase ? 1 : 0))
    const theirs = await oneStep(device, program, job, data, rate)
    const ours = await oneStep(wasm, program, job, data, rate)
    if (theirs === undefined || ours === undefined) return undefined
    ours.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - (theirs[i] as number)) / Math.max(1, Math.abs(value)))))
  }
  return Number.isFinite(worst) ? worst : undefined
}

/** The phase with plain descent in place of its own rule. */
function bare(program: Program): Program {
  const { training } = program
  return training === undefined ? program : { ...program, training: { ...training, rule: { kind: 'sgd', rate: 1 } } }
}

/** The losses, and what became of every parameter. */
async function oneStep(
  device: Device,
  program: Program,
  { start, seed }: Job,
  data: Rows,
  rate: readonly number[],
): Promise<readonly number[] | undefined> {
  try {
    const runner = await device.prepare(program)
    try {
      runner.load(start)
      runner.bind(data)
      const { losses } = await runner.epoch({ seed, epoch: 0, shuffle: false, rate })
      const { parameters } = await runner.state()
      return [...losses, ...Object.keys(start).flatMap(name => [...(parameters[name] ?? [])])]
    } finally {
      runner.dispose()
    }
  } catch (error) {
    if (error instanceof EngineError && (error.code === 'not-finite' || (device === wasm && error.code === 'out-of-memory')))
      return undefined
    throw error
  }
}

/** The first rows, at most so many. */
export function firstRows({ rows, inputs }: Rows, most: number): Rows {
  const count = Math.min(rows, most)
  const cut = (values: Float32Array): Float32Array => values.slice(0, (values.length / rows) * count)
  return { rows: count, inputs: Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, cut(values)])) }
}
