import { workOf } from '../../program/blocks.ts'
import type { Program } from '../../program/program.ts'
import { computeRows, type Order } from './compute.ts'
import type { Installed } from './installed.ts'
import { START } from './layout.ts'
import type { Machine } from './machine.ts'
import { recipeOf, type Recipe } from './recipe.ts'
import { RunTeam } from './run-team.ts'

/** Floating-point operations, of all runs together, from which threads are worth their start, and of one from which it is worth the way to them. */
const WORTH_A_START = 2e9
const WORTH_A_WAY = 1e8

const forgotten = new FinalizationRegistry<{ team: RunTeam | undefined }>(held => held.team?.dispose())

/** Whoever computes outputs: this thread, or several where there are rows enough. The bytes are the same: batches know nothing of each other. */
export class Computers {
  private readonly machine: Machine
  private readonly recipe: Recipe
  private readonly end: number
  private readonly work: number
  private readonly threads: number
  private readonly always: boolean
  /** Work of all runs so far. */
  private seen = 0
  private readonly held: { team: RunTeam | undefined; alone: boolean; stale: boolean } = {
    team: undefined,
    alone: false,
    stale: true,
  }

  /** @param options how many threads, and whether they are taken however little there is to do */
  constructor(
    owner: object,
    machine: Machine,
    program: Program,
    installed: Installed,
    { threads, always }: { readonly threads: number; readonly always: boolean },
  ) {
    this.machine = machine
    this.recipe = recipeOf(program, installed)
    this.end = installed.end
    this.work = workOf(program) / program.batch
    this.threads = threads
    this.always = always
    if (threads > 1) forgotten.register(owner, this.held, this.held)
  }

  /** What lies in memory has changed. */
  changed(): void {
    this.held.stale = true
  }

  here(order: Order): readonly Float32Array[] {
    return computeRows(this.machine.kernels, this.machine.instance.memory, this.recipe, order)
  }

  /** The same on all threads. Where one dies or cannot be had, this one does it all. */
  async together(order: Order): Promise<readonly Float32Array[]> {
    const { held, threads, machine, recipe, end } = this
    const { batch } = recipe
    if (threads === 1 || held.alone || order.rows <= batch || !this.worth(order.rows)) return this.here(order)
    const image = held.stale ? { at: START, bytes: new Uint8Array(machine.buffer, START, end - START).slice() } : undefined
    try {
      held.team ??= new RunTeam({ module: machine.instance.module, recipe, bytes: end }, threads)
      held.stale = false
      return await held.team.run(order, batch, image)
    } catch {
      this.dispose()
      held.alone = true
      return this.here(order)
    }
  }

  dispose(): void {
    this.held.team?.dispose()
    this.held.team = undefined
    forgotten.unregister(this.held)
  }

  private worth(rows: number): boolean {
    const work = this.work * rows
    this.seen += work
    return this.always || (work >= WORTH_A_WAY && this.seen >= WORTH_A_START)
  }
}
