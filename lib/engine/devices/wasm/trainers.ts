import { EngineError } from '../../../errors/index.ts'
import { workOf } from '../../program/blocks.ts'
import type { Program } from '../../program/program.ts'
import { Pace, type Asked } from '../pace.ts'
import { unlessInterrupted } from '../pause.ts'
import type { Chunk, Dataset } from './dataset.ts'
import type { Installed } from './installed.ts'
import type { Machine } from './machine.ts'
import { pointTask } from './task.ts'
import { Team } from './team.ts'

/** Work of a whole pass below which a team is not worth its start. */
const WORTH_A_TEAM = 1e8

/** Floating-point operations that a slow machine does in a bout, and what a step costs it beside them. */
const SURELY_SHORT = 1e8
const A_STEP = 2e4

export const paceFor = (program: Program): Pace => new Pace(SURELY_SHORT / (workOf(program) + A_STEP))

const forgotten = new FinalizationRegistry<{ team: Team | undefined }>(held => held.team?.dispose())

/** A pass to make. */
export interface Work {
  readonly dataset: Dataset
  /** Steps of it that have been made before. */
  readonly from: number
  /** Writes the task as it is before the next step. */
  readonly prepare: () => void
  readonly asked: Asked
  /** Called where it may be told how far it is. */
  readonly tell: () => void
}

/** Whoever trains a program: this thread, or a team of them, which is made when it is first worth it and sent home when its owner is gone. */
export class Trainers {
  private readonly machine: Machine
  private readonly installed: Installed
  private readonly held: { team: Team | undefined } = { team: undefined }
  private readonly always: boolean
  private readonly pace: Pace
  private alone: boolean

  /** @param options whether a team is made however little there is to do, and what cuts a pass into bouts */
  constructor(
    owner: object,
    machine: Machine,
    installed: Installed,
    { always, pace }: { readonly always: boolean; readonly pace: Pace },
  ) {
    this.always = always
    this.machine = machine
    this.installed = installed
    this.pace = pace
    this.alone = installed.setting.threads === 1
    if (!this.alone) forgotten.register(owner, this.held, this.held)
  }

  /**
   * Trains over all rows of a data set, or those before it is told to end. A pass in which a thread dies is made again from where it began, once.
   * Answers as `Kernels.train`. Errors: `EngineError`: `thread-died` when one dies again, `interrupted`.
   */
  async pass(work: Work): Promise<number> {
    work.prepare()
    this.pace.start()
    if (!(await this.worthATeam(work.dataset.data.rows))) return await this.bouts(work, task => this.machine.kernels.train(task))
    const start = this.installed.layout.trained.map(([at, length]) => this.machine.floats(at, length).slice())
    for (let attempt = 1; ; attempt++) {
      try {
        const team = await this.team()
        return await this.bouts(work, async task => await unlessInterrupted(team.train(task), work.tell))
      } catch (error) {
        const code = error instanceof EngineError ? error.code : ''
        if (code !== 'interrupted') this.held.team = undefined
        if (attempt === 2 || code !== 'thread-died') throw error
        this.installed.layout.trained.forEach(([at], i) => this.machine.floats(at, start[i]?.length ?? 0).set(start[i] ?? []))
        work.prepare()
      }
    }
  }

  dispose(): void {
    this.held.team?.dispose()
    this.held.team = undefined
    forgotten.unregister(this.held)
  }

  /** Bout by bout, chunk by chunk; the next chunk is filled while a team works on one. */
  private async bouts({ dataset, from, asked, tell }: Work, train: (task: number) => number | Promise<number>): Promise<number> {
    const { task, program } = this.installed
    const { batch } = program
    const inChunk = Math.ceil(dataset.rows / batch)
    let index = Math.floor(from / inChunk)
    let here = from < dataset.steps ? dataset.chunk(index) : undefined
    let ahead: Chunk | undefined
    for (let step = from; here !== undefined;) {
      const done = step - index * inChunk
      const steps = this.pace.bout(Math.ceil(here.rows / batch) - done)
      const rows = Math.min(steps * batch, here.rows - done * batch)
      pointTask(this.machine.view(), task, { rows, order: here.order + 4 * done * batch, table: here.table })
      const training = train(task)
      if ((index + 1) * inChunk < dataset.steps) ahead ??= dataset.chunk(index + 1)
      const failed = await training
      this.pace.made(steps)
      step += steps
      if (failed !== 0 || step === dataset.steps) return failed
      if (step === (index + 1) * inChunk) [index, here, ahead] = [index + 1, ahead, undefined]
      if (await this.pace.rest(asked, tell, training instanceof Promise)) return 0
    }
    return 0
  }

  /** Where no thread can be started this one does it all: the results are the same. */
  private async worthATeam(rows: number): Promise<boolean> {
    const { program } = this.installed
    if (this.alone || !(this.always || workOf(program) * (rows / program.batch) >= WORTH_A_TEAM)) return false
    try {
      await this.team()
    } catch {
      this.alone = true
    }
    return !this.alone
  }

  private async team(): Promise<Team> {
    const {
      layout,
      setting: { threads },
    } = this.installed
    this.held.team ??= await Team.start({ instance: this.machine.instance, control: layout.control, threads })
    return this.held.team
  }
}
