import type { Program } from './program/program.ts'

/** Where programs run. A device takes the same program as all others and agrees with `reference` within its tolerance. */
export interface Device {
  /** `reference`, `wasm`, `tensorflow:native`, `webgpu`. */
  readonly name: string
  /** What it runs on, for people: the version of a library, the name of a card. */
  readonly about?: string
  /** Whether the same program, data and seed give the same bytes on every machine. */
  readonly exact: boolean
  /** Largest difference from `reference`, relative to the larger of 1 and the value, of one run of a network of a few layers. */
  readonly tolerance: number
  /** Errors: `EngineError` for an operation that the device lacks, or memory that it cannot have. */
  prepare(program: Program, options?: PrepareOptions): Promise<Runner>
}

export interface PrepareOptions {
  /**
   * Threads that share each step of a training, or the batches of a run, on a device that has any to give; as many as pay unless given. Results do not
   * depend on them.
   */
  readonly threads?: number
}

/** Rows of data: for each input its values, row-major, rows · columns (· time) of them. */
export interface Rows {
  readonly rows: number
  readonly inputs: Readonly<Record<string, Float32Array>>
}

/** Bytes that a program needs, known before it runs. */
export interface Memory {
  readonly parameters: number
  /** Gradients and what the optimiser keeps. */
  readonly training: number
  readonly arena: number
  /** The data set and the order of its rows. */
  readonly data: number
  readonly total: number
}

/** The state between two steps: training goes on from it bit for bit. */
export interface State {
  readonly parameters: Readonly<Record<string, Float32Array>>
  /** What the optimiser keeps, one array a slot, the parameters in the program's order laid end to end; phase by phase where there are several. */
  readonly slots: readonly Float32Array[]
  /** Steps made so far. */
  readonly step: number
}

/** The two words of a seed. `Seed` of numeric is one. */
export interface Key {
  readonly key0: number
  readonly key1: number
}

export interface EpochOptions {
  /** Fixes the order of rows and every random number. */
  readonly seed: Key
  readonly epoch: number
  /** Default true. */
  readonly shuffle?: boolean
  /** Overrides the rate of the program's rule: a schedule. One for every phase, or one each. Errors: `EngineError` for a table of another length. */
  readonly rate?: Rate | readonly Rate[]
  /** Goes on with a pass that was broken off here, in the state that it left. */
  readonly from?: Pass
  /** Breaks the pass off between two of its steps, soon after. */
  readonly signal?: AbortSignal
  /** Told some times a second how far a long pass is, of so many steps; before it is broken off, too. */
  readonly onSteps?: (pass: Pass, of: number) => void
}

/** How far a pass over the data is. */
export interface Pass {
  /** Steps of it that have been made. */
  readonly steps: number
  /** By phase: the loss of each batch times its rows, added up over them. */
  readonly sums: readonly number[]
}

/** The learning rate of an epoch: one for all of its steps, or a table with one for each step in turn (rows / batch of them, rounded up). */
export type Rate = number | Float64Array

/** How far the pass came, and what of. */
export interface EpochResult extends Pass {
  /** Mean over all rows, or those so far, of the loss, each batch before its own update. */
  readonly loss: number
  /** The same for each phase in turn; the first is `loss`. */
  readonly losses: readonly number[]
  /** Steps that make the pass whole. */
  readonly of: number
}

/** A program held by a device, with its parameters. */
export interface Runner {
  readonly program: Program
  /** Bytes for so many rows of training data (0 for none). */
  memory(rows: number): Memory
  /** Sets parameters by name. Errors: `EngineError` for a name or a length that does not fit. */
  load(parameters: Readonly<Record<string, Float32Array>>): void
  state(): Promise<State>
  restore(state: State): void
  /**
   * Computes the outputs. Outputs with a batch axis come for all rows, in batches as the program has them; others need all rows to fit in one
   * batch. Random numbers are those of `random`, of the next step in each batch after the first. Errors: `EngineError` for inputs that do not fit.
   */
  run(rows: Rows, random?: Key & { readonly step: number }): Promise<Readonly<Record<string, Float32Array>>>
  /** Takes the training data. Errors: `EngineError` when they do not fit in memory. */
  bind(data: Rows): void
  /**
   * One pass over the bound data, in batches, the last one perhaps shorter. A long one lets the process do what else waits, some times a second:
   * where it is cut never shows in the result. Errors: `EngineError`: `not-finite`, which names the operation and the batch (the parameters are
   * then those before the update that failed); `interrupted`, in a notebook cell that was (the state is that after the steps last told).
   */
  epoch(options: EpochOptions): Promise<EpochResult>
  /** Gives up the memory. */
  dispose(): void
}
