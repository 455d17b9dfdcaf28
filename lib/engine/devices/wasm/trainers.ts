import { EngineError } from '../../../errors/index.ts'
import { workOf } from '../../program/blocks.ts'
import type { Dataset } from './dataset.ts'
import type { Installed } from './installed.ts'
import type { Machine } from './machine.ts'
import { pointTask } from './task.ts'
import { Team } from './team.ts'

/** Work of a whole pass below which a team is not worth its start. */
const WORTH_A_TEAM = 1e8

const forgotten = new FinalizationRegistry<{ team: Team | undefined }>(held => held.team?.dispose())

/** Whoever trains a program: this thread, or a team of them, which is made when it is first worth it and sent home when its owner is gone. */
export class Trainers {
  private readonly machine: Machine
  private readonly installed: Installed
  private readonly held: { team: Team | undefined } = { team: undefined }
  private readonly always: boolean
  private alone: boolean

  /** @param always whether a team is made however little there is to do */
  constructor(owner: object, machine: Machine, installed: Installed, always: boolean) {
    this.always = always
    this.machine = machine
    this.installed = installed
    this.alone = installed.setting.threads === 1
    if (!this.alone) forgotten.register(owner, this.held, this.held)
  }

  /**
   * Trains over all rows of a data set. `prepare` writes the task as it is at the start of the pass: a pass in which a thread dies is made again
   * from there, once. Errors: `EngineError` (`thread-died`) when it dies again.
   */
  async pass(dataset: Dataset, prepare: () => void): Promise<number> {
    prepare()
    if (!(await this.worthATeam(dataset.data.rows))) return await this.chunks(dataset, task => this.machine.kernels.train(task))
    const start = this.installed.layout.trained.map(([at, length]) => this.machine.floats(at, length).slice())
    for (let attempt = 1; ; attempt++) {
      try {
        const team = await this.team()
        return await this.chunks(dataset, async task => await team.train(task))
      } catch (error) {
        this.held.team = undefined
        if (attempt === 2 || !(error instanceof EngineError && error.code === 'thread-died')) throw error
        this.installed.layout.trained.forEach(([at], i) => this.machine.floats(at, start[i]?.length ?? 0).set(start[i] ?? []))
        prepare()
      }
    }
  }

  dispose(): void {
    this.held.team?.dispose()
    this.held.team = undefined
    forgotten.unregister(this.held)
  }

  /** Chunk by chunk; the next one is filled while a team works on one. */
  private async chunks(dataset: Dataset, train: (task: number) => number | Promise<number>): Promise<number> {
    const { task } = this.installed
    let next = dataset.chunk(0)
    for (let i = 1; ; i++) {
      pointTask(this.machine.view(), task, next)
      const training = train(task)
      if (i < dataset.length) next = dataset.chunk(i)
      const failed = await training
      if (failed !== 0 || i >= dataset.length) return failed
    }
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
