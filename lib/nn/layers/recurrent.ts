import { concat, type Node } from '../../engine/index.ts'
import type { Layer, Scope } from '../layer.ts'
import { asStep, sequenceOf, stepOf } from './time.ts'
import type { KerasLayer } from '../portable/keras-layer.ts'

export interface RecurrentOptions {
  /** The state after each step, (batch, time, units), in place of that after the last, (batch, units). */
  readonly sequences?: boolean
  /** Built step by step from other operations, slower: what the kernel over all of time is held against. */
  readonly unrolled?: boolean
}

/** What one step of time makes of the states before it; the first state is the output. Before the first step they are undefined: 0. */
export type Cell = (x: Node, before: readonly Node[] | undefined) => readonly [Node, ...Node[]]

/** The state after each step, (batch, time, units), at once. */
export type Fused = (x: Node) => Node

/** The two ways to go over time, which compute the same. */
export interface Recurrence {
  readonly cell: Cell
  readonly fused: Fused
}

/** A layer that goes over time, one step after another. */
export function recurrent(
  kind: string,
  recurrence: (columns: number, scope: Scope) => Recurrence,
  keras: (config: KerasLayer['config']) => KerasLayer,
  { sequences = false, unrolled = false }: RecurrentOptions = {},
): Layer {
  return {
    kind,
    keras: keras({ activation: 'tanh', recurrent_activation: 'sigmoid', use_bias: true, return_sequences: sequences }),
    build: (x, scope) => {
      const { time, columns } = sequenceOf(x, kind)
      const { cell, fused } = recurrence(columns, scope)
      if (!unrolled) return sequences ? fused(x) : stepOf(fused(x), time - 1)
      const outputs: Node[] = []
      let states: readonly [Node, ...Node[]] | undefined
      for (let t = 0; t < time; t++) {
        states = cell(stepOf(x, t), states)
        outputs.push(states[0])
      }
      return sequences ? concat(outputs.map(asStep), 1) : (outputs.at(-1) as Node)
    },
  }
}
