import { DISPLAY, type Displayable, type MimeBundle } from '../../schema/index.ts'
import type { EpochRecord, OnEpoch } from './options.ts'

/** How far a training is: shows itself in a notebook cell as a bar, elsewhere as a line. */
export class TrainingProgress implements Displayable {
  readonly record: EpochRecord
  readonly epochs: number
  /** Seconds until the last epoch, at the pace so far; undefined where there is none yet. */
  readonly secondsLeft: number | undefined

  constructor(record: EpochRecord, epochs: number, secondsLeft: number | undefined) {
    this.record = record
    this.epochs = epochs
    this.secondsLeft = secondsLeft
  }

  /** Epochs made, the part of one that has been begun among them. */
  get made(): number {
    return madeOf(this.record)
  }

  /** Loss, validation loss, metrics, rate and time left, each with its name. */
  facts(): readonly (readonly [string, string])[] {
    const { loss, validationLoss, metrics = {}, rate, firstRate = rate } = this.record
    const left = this.made < this.epochs ? this.secondsLeft : undefined
    return [
      ['loss', short(loss)],
      ...(validationLoss === undefined ? [] : [['validation', short(validationLoss)] as const]),
      ...Object.entries(metrics).map(([name, value]) => [name, short(value)] as const),
      ['rate', firstRate === rate ? short(rate) : `${short(firstRate)} to ${short(rate)}`],
      ...(left === undefined ? [] : [['left', duration(left)] as const]),
    ]
  }

  toString(): string {
    const { epoch, share } = this.record
    const full = Math.round((20 * this.made) / this.epochs)
    const part = share === undefined ? '' : ` ${percent(share)}`
    return `epoch ${epoch}/${this.epochs}${part} [${'='.repeat(full)}${'.'.repeat(20 - full)}] ${this.facts()
      .map(fact => fact.join(' '))
      .join(', ')}`
  }

  [DISPLAY](): MimeBundle {
    const { epoch, share } = this.record
    const facts = this.facts()
      .map(([name, value]) => `${escape(name)} <b>${escape(value)}</b>`)
      .join(' · ')
    const label = `epoch ${epoch} of ${this.epochs}${share === undefined ? '' : `, ${percent(share)} of it`}`
    const value = Number(this.made.toFixed(3))
    const html = `<div><progress value="${value}" max="${this.epochs}" aria-label="${label}"></progress> ${label} · ${facts}</div>`
    return { data: { 'text/plain': this.toString(), 'text/html': html } }
  }
}

const madeOf = ({ epoch, share = 1 }: EpochRecord): number => epoch - 1 + share

/** A clock in milliseconds. It moves the time left alone, never a result. */
type Clock = () => number

const clock: Clock = () => performance.now()

/** In a notebook cell, updating in place: `onProgress: notebookProgress(display)`. */
export function notebookProgress(
  display: (value: unknown) => { readonly update: (value: unknown) => void },
  { now = clock, between = 100 }: { readonly now?: Clock; readonly between?: number } = {},
): OnEpoch {
  let shown: { readonly update: (value: unknown) => void } | undefined
  let last = -Infinity
  return timed(now, progress => {
    if (shown === undefined) shown = display(progress)
    else if (progress.made < progress.epochs && now() - last < between) return
    else shown.update(progress)
    last = now()
  })
}

/** In a terminal, one line that is written over; into a file or a pipe, a line for each tenth of the way. */
export function terminalProgress(
  stream: { write(text: string): unknown; readonly isTTY?: boolean },
  { now = clock }: { readonly now?: Clock } = {},
): OnEpoch {
  let open = false
  let told: number | undefined
  const show = (progress: TrainingProgress): void => {
    const { record, made, epochs } = progress
    if (stream.isTTY === true) {
      open = made < epochs
      stream.write(`\r\u001b[K${progress.toString()}${open ? '' : '\n'}`)
      return
    }
    const tenth = Math.floor((10 * made) / epochs)
    if (tenth > (told ?? Math.floor((10 * (record.epoch - 1)) / epochs))) stream.write(`${progress.toString()}\n`)
    told = tenth
  }
  // what follows in the terminal has a line of its own
  return Object.assign(timed(now, show), {
    end: () => {
      if (open) stream.write('\n')
      open = false
    },
  })
}

/** Tells a share of the whole from 0 to 1, and a line of text: `epoch 3 of 50, loss 0.4321`. */
export function shareProgress(tell: (done: number, text: string) => void): OnEpoch {
  const say = (record: EpochRecord, epochs: number): void => {
    const part = record.share === undefined ? '' : ` (${percent(record.share)})`
    tell(madeOf(record) / epochs, `epoch ${record.epoch}${part} of ${epochs}, loss ${record.loss.toPrecision(4)}`)
  }
  return Object.assign(say.bind(undefined), { within: say })
}

function timed(now: Clock, show: (progress: TrainingProgress) => void): OnEpoch {
  let [start, base] = [now(), undefined as number | undefined]
  const told = (record: EpochRecord, epochs: number): void => {
    const made = madeOf(record)
    // an epoch that has just begun may have been begun before, by a training that was broken off
    if (base === undefined && record.share !== undefined) [start, base] = [now(), made]
    base ??= record.epoch - 1
    const pace = made > base ? (now() - start) / (made - base) : undefined
    show(new TrainingProgress(record, epochs, pace === undefined ? undefined : (pace * (epochs - made)) / 1000))
  }
  return Object.assign(told.bind(undefined), { within: told })
}

/** Rounded down: what is not whole is not 100. */
const percent = (share: number): string => `${Math.floor(100 * share)}%`

function short(value: number): string {
  return Number.isFinite(value) && value !== 0 && Math.abs(value) < 1e-3
    ? value.toExponential(1)
    : String(Number(value.toPrecision(4)))
}

function duration(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
