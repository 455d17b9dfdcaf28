import type { Op, OpAttributes } from '../graph/node.ts'
import type { Shape } from '../graph/shape.ts'
import type { UpdateRule } from './update-rule.ts'

/** One operation of a program; operands are positions of earlier ones. */
export interface Step<K extends Op = Op> {
  readonly op: K
  readonly inputs: readonly number[]
  readonly shape: Shape
  readonly attributes: OpAttributes[K]
}

/** A name for a step. */
export interface Port {
  readonly name: string
  readonly step: number
}

/**
 * A graph made linear: operations in the order of their execution, without dead ones and without two that are the same. Plain data
 * (it survives JSON); a device decides how to run it.
 */
export interface Program {
  /** Most rows that one run may have. */
  readonly batch: number
  readonly steps: readonly Step[]
  readonly inputs: readonly Port[]
  readonly parameters: readonly Port[]
  readonly outputs: readonly Port[]
  /** Present in a program that trains: the loss, one gradient a parameter in their order, and the rule of the update. */
  readonly training?: { readonly loss: number; readonly gradients: readonly number[]; readonly rule: UpdateRule }
  /**
   * Phases of training after this one, each a program of its own over the same parameters and inputs, by name: at each batch every phase takes
   * its step in turn, and sees what those before it have changed. No parameter is trained by two of them.
   */
  readonly next?: readonly Program[]
}
