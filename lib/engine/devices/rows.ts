import { EngineError } from '../../errors/index.ts'
import type { Key, Rows } from '../device.ts'
import { elements } from '../graph/shape.ts'
import type { Port, Program, Step } from '../program/program.ts'

/** The values of an input or parameter of a program. Errors: `EngineError` for one that is missing or has another length. */
export function valuesFor(
  program: Program,
  port: Port,
  given: Readonly<Record<string, Float32Array>>,
  rows: number,
): Float32Array {
  const values = given[port.name]
  if (values === undefined) {
    throw new EngineError({
      code: 'missing-values',
      what: `there are no values for "${port.name}"`,
      where: `given: ${Object.keys(given).join(', ') || 'nothing'}`,
      remedy: 'give an array under that name',
    })
  }
  const wanted = elements(stepOf(program, port).shape, rows)
  if (values.length === wanted) return values
  throw new EngineError({
    code: 'wrong-length',
    what: `"${port.name}" has ${values.length} values where ${wanted} belong`,
    where: `shape (${stepOf(program, port).shape.join(', ')})${rows > 0 ? ` and ${rows} rows` : ''}`,
    remedy: 'give rows times columns values, row by row',
  })
}

export function stepOf(program: Program, port: Port): Step {
  return program.steps[port.step] as Step
}

/** Batches of all rows: the first row of each and how many. Errors: `EngineError` for no rows, or a result that cannot be split. */
export function batches(program: Program, { rows }: Rows): readonly { readonly start: number; readonly count: number }[] {
  if (!(Number.isInteger(rows) && rows >= 1))
    throw new EngineError({ code: 'no-rows', what: `a run over ${rows} rows`, remedy: 'give at least one row' })
  const whole = program.outputs.find(port => stepOf(program, port).shape[0] !== 'batch')
  if (rows > program.batch && whole !== undefined) {
    throw new EngineError({
      code: 'too-many-rows',
      what: `${rows} rows are more than a batch of ${program.batch}, and "${whole.name}" is one value for all of them`,
      remedy: 'compile the program for a larger batch, or ask for an output by row',
    })
  }
  return Array.from({ length: Math.ceil(rows / program.batch) }, (_, i) => ({
    start: i * program.batch,
    count: Math.min(program.batch, rows - i * program.batch),
  }))
}

/** What fixes the random numbers of the batch of a run that begins with this row: each batch has a step of its own. */
export function drawsAt<R extends Key & { readonly step: number }>(random: R, start: number, batch: number): R {
  return { ...random, step: random.step + start / batch }
}
