import { EngineError } from '../../errors/index.ts'
import type { Rate } from '../device.ts'
import type { Port, Program, Step } from './program.ts'

/** A parameter or an input, in the phase where it is first met. */
export interface Placed {
  readonly phase: Program
  readonly port: Port
}

/** The phases that take their step at each batch, in turn: the program itself, then those after it. */
export function phasesOf(program: Program): readonly Program[] {
  return [program, ...(program.next ?? [])]
}

/** The ports of what a phase trains, in the order of its gradients. */
export function trainedBy(phase: Program): readonly Port[] {
  return phase.parameters.slice(0, phase.training?.gradients.length ?? 0)
}

/**
 * The rate of a phase in an epoch of so many steps: its rule's own, or what a schedule says for all or for each. Errors: `EngineError` for a table
 * of another length.
 */
export function rateOf(phase: Program, given: Rate | readonly Rate[] | undefined, index: number, steps: number): Rate {
  const rate = (isOne(given) ? given : given?.[index]) ?? phase.training?.rule.rate ?? 0
  if (typeof rate === 'number' || rate.length === steps) return rate
  throw new EngineError({
    code: 'wrong-length',
    what: `a table of ${rate.length} learning rates for an epoch of ${steps} steps`,
    remedy: 'give one rate a step: rows / batch of them, rounded up',
  })
}

const isOne = (given: Rate | readonly Rate[] | undefined): given is Rate | undefined =>
  given === undefined || typeof given === 'number' || given instanceof Float64Array

/** The rate of a step of an epoch, counted from 0. */
export const rateAt = (rate: Rate, step: number): number => (typeof rate === 'number' ? rate : (rate[step] as number))

/** Every parameter of every phase once: what is trained first, phase by phase, then the rest. */
export function everyParameter(program: Program): readonly Placed[] {
  const phases = phasesOf(program)
  const trained = phases.flatMap(phase => trainedBy(phase).map(port => ({ phase, port })))
  return once([...trained, ...phases.flatMap(phase => phase.parameters.map(port => ({ phase, port })))])
}

/** Every input of every phase once. */
export function everyInput(program: Program): readonly Placed[] {
  return once(phasesOf(program).flatMap(phase => phase.inputs.map(port => ({ phase, port }))))
}

export function shapeOfPlaced({ phase, port }: Placed): Step['shape'] {
  return (phase.steps[port.step] as Step).shape
}

function once(all: readonly Placed[]): readonly Placed[] {
  const seen = new Set<string>()
  return all.filter(({ port: { name } }) => !seen.has(name) && seen.add(name))
}
