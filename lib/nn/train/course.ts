import { meanLosses, type Pass, type Rate, type Runner, type State } from '../../engine/index.ts'
import type { Seed } from '../../numeric/index.ts'
import type { Weights } from '../network.ts'
import type { AverageState } from '../optimisers/averaging.ts'
import { better, exhausted, type Best } from './best.ts'
import type { Progress } from './checkpoint.ts'
import type { EpochRecord, Trained, TrainOptions } from './options.ts'
import { ratesOf, toldOf } from './rates.ts'
import { requireFinite } from './require-finite.ts'
import type { Scorer } from './scorer.ts'
import type { Statistician } from './statistics.ts'

/** What a course works with. */
export interface Means {
  /** With parameters and data. */
  readonly runner: Runner
  readonly judge: Scorer | undefined
  readonly averages: Statistician
  readonly rows: number
  /** Of the optimiser. */
  readonly rate: number
  /** Fixes the order of rows and every random number. */
  readonly order: Seed
}

/** The epochs of a training, whole and begun, and what is kept of them. */
export class Course {
  private readonly means: Means
  private readonly options: TrainOptions
  /** Of whole epochs. */
  private readonly whole: EpochRecord[]
  /** How far the epoch after them is, where it has been begun. */
  private pass: Pass | undefined
  private best: Best | undefined
  private average: AverageState | undefined
  private rates: { readonly epoch: number; readonly rate: Rate } | undefined

  constructor(means: Means, options: TrainOptions, kept: Progress | undefined) {
    this.means = means
    this.options = options
    this.whole = [...(kept?.history ?? [])]
    this.pass = kept?.pass
    this.best = kept?.best
    this.average = kept?.average
  }

  /** Whole epochs so far. */
  get length(): number {
    return this.whole.length
  }

  /** Of whole epochs, and of the part of the one after them. */
  get history(): readonly EpochRecord[] {
    return this.pass === undefined ? this.whole : [...this.whole, this.part(this.pass)]
  }

  /** Why no epoch follows, if none does. */
  get over(): Trained['stopped'] | undefined {
    const { epochs, earlyStopping, signal } = this.options
    if (earlyStopping !== undefined && exhausted(this.best, this.length, earlyStopping.patience)) return 'early'
    if (this.length >= epochs) return 'finished'
    return signal?.aborted === true ? 'cancelled' : undefined
  }

  /** All that is needed to go on from here. */
  async progress(): Promise<Progress> {
    const { pass, best, average } = this
    return {
      runner: await this.sound(),
      history: [...this.whole],
      ...(pass && { pass }),
      ...(best && { best }),
      ...(average && { average }),
    }
  }

  /** What was learnt: the best weights where they are kept, else the averaged ones, else those of now. */
  async weights(): Promise<Weights> {
    return this.best?.weights ?? (await this.complete(this.average))
  }

  /** The next epoch, or what is left of it, judged. It stays begun where the signal ends it before. */
  async epoch(): Promise<void> {
    const { runner, judge, order } = this.means
    const { earlyStopping, averaging, signal, onProgress, epochs } = this.options
    const epoch = this.length
    const rate = this.rateOf(epoch)
    const { loss, steps, sums, of } = await runner.epoch({
      seed: order,
      epoch,
      rate,
      ...(this.pass && { from: this.pass }),
      ...(signal && { signal }),
      onSteps: pass => {
        this.pass = pass
        onProgress?.within?.(this.part(pass), epochs)
      },
    })
    this.pass = { steps, sums }
    if (steps < of) return
    let { average } = this
    if (averaging !== undefined) {
      const { parameters } = await runner.state()
      average = averaging.update(average ?? averaging.init(parameters), parameters, epoch)
    }
    const weights = judge === undefined && earlyStopping === undefined ? {} : await this.complete(average)
    const judged = judge === undefined ? {} : await judge.score(weights, epoch, signal)
    if (judged === undefined) return
    const record: EpochRecord = { epoch: epoch + 1, loss, ...toldOf(rate), ...judged }
    this.whole.push(record)
    if (earlyStopping !== undefined)
      this.best = better(this.best, { loss: record.validationLoss ?? loss, epoch, weights }, earlyStopping.least)
    this.average = average
    this.pass = undefined
  }

  private async complete(average: AverageState | undefined): Promise<Weights> {
    return await this.means.averages.complete(average?.weights ?? (await this.sound()).parameters)
  }

  /** What the runner holds. Errors: `EngineError` (`not-finite`) where the last update made a parameter no finite number: no batch has met it yet. */
  private async sound(): Promise<State> {
    const state = await this.means.runner.state()
    requireFinite(state.parameters, this.length)
    return state
  }

  private rateOf(epoch: number): Rate {
    const { schedule, epochs } = this.options
    if (schedule === undefined) return this.means.rate
    if (this.rates?.epoch !== epoch) this.rates = { epoch, rate: ratesOf(schedule, epoch, epochs, this.steps) }
    return this.rates.rate
  }

  private get steps(): number {
    return Math.ceil(this.means.rows / this.means.runner.program.batch)
  }

  private part(pass: Pass): EpochRecord {
    const { rows, runner } = this.means
    return {
      epoch: this.length + 1,
      loss: meanLosses(pass, rows, runner.program.batch)[0] as number,
      ...toldOf(this.rateOf(this.length), pass.steps),
      share: pass.steps / this.steps,
    }
  }
}
