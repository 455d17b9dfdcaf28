import { EngineError } from '../../errors/index.ts'
import type { Program, Step } from '../program/program.ts'
import { evaluate, type Surroundings } from './reference/evaluate.ts'

/**
 * The error for a batch whose loss or gradient is not finite: runs it again on the reference and names the first operation that makes a
 * number that is not finite from numbers that are.
 */
export function notFinite(
  program: Program,
  around: Surroundings,
  where: { readonly epoch: number; readonly batch: number },
): EngineError {
  const values = evaluate(program, around)
  // doubles reach further than the float32 of a device
  const finite = (i: number): boolean => values[i]?.data.every(value => Number.isFinite(Math.fround(value))) ?? true
  const first = program.steps.findIndex((_, i) => !finite(i))
  const step = program.steps[first]
  const name =
    step === undefined
      ? 'an operation made it'
      : step.op === 'parameter'
        ? `the update before this batch made ${describe(step)} so`
        : `${describe(step)} made it`
  return new EngineError({
    code: 'not-finite',
    what: `training met a number that is not finite: ${name}`,
    where: `epoch ${where.epoch + 1}, batch ${where.batch + 1}`,
    remedy: 'lower the learning rate, scale the inputs and targets, or look for missing values in that batch',
  })
}

function describe(step: Step): string {
  const { op, shape } = step
  const named = op === 'input' || op === 'parameter' ? ` "${(step as Step<'input'>).attributes.name}"` : ''
  return `${op}${named} of shape (${shape.join(', ')})`
}
