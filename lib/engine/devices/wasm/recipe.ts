import { elements } from '../../graph/shape.ts'
import type { Program } from '../../program/program.ts'
import { stepOf } from '../rows.ts'
import type { Installed, Phase } from './installed.ts'

/** How outputs are computed by a program in memory: numbers alone, so that another thread can be told. Addresses are bytes. */
export interface Recipe {
  readonly batch: number
  /** Rows that are run together. */
  readonly block: number
  /** Instructions before the blocks of rows, of each block, and after them: first and end. */
  readonly before: readonly [number, number]
  readonly blocks: readonly [number, number]
  readonly after: readonly [number, number]
  /** The table of the sums over the blocks, and how many. */
  readonly totals: number
  readonly sums: number
  /** Where the rows of each input belong. */
  readonly inputs: readonly number[]
  readonly outputs: readonly Output[]
}

export interface Output {
  readonly at: number
  /** Values of a row, or of all where there is one for all of them. */
  readonly length: number
  readonly perRow: boolean
}

export function recipeOf(program: Program, installed: Installed): Recipe {
  const [main] = installed.phases as readonly [Phase]
  return {
    batch: program.batch,
    block: installed.setting.block,
    before: [main.start, main.start + main.startBytes],
    blocks: [main.blocks, main.blocks + main.codeBytes],
    after: [main.after, main.end],
    totals: main.totals,
    sums: main.sums,
    inputs: program.inputs.map(({ name }) => installed.layout.inputs.get(name) as number),
    outputs: program.outputs.map(port => {
      const { shape } = stepOf(program, port)
      return { at: installed.address(main, port.step), length: elements(shape, 1), perRow: shape[0] === 'batch' }
    }),
  }
}
