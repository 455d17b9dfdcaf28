import { DISPLAY, type Displayable, type MimeBundle } from '../../schema/index.ts'
import type { EpochRecord, OnEpoch } from './options.ts'

/** How far a training is: shows itself in a notebook cell as a bar, elsewhere as a line. */
export class TrainingProgress implements Displayable {
  readonly record: EpochRecord
  readonly epochs: number
  /** Seconds until the last epoch, at the pace so far. */
  readonly secondsLeft: number

  constructor(record: EpochRecord, epochs: number, secondsLeft: number) {
    this.record = record
    this.epochs = epochs
    this.secondsLeft = secondsLeft
  }

  /** Loss, validation loss, metrics, rate and time left, each with its name. */
  facts(): readonly (readonly [string, string])[] {
    const { loss, validationLoss, metrics = {}, rate, firstRate = rate, epoch } = this.record
    return [
      ['loss', short(loss)],
      ...(validationLoss === undefined ? [] : [['validation', short(validationLoss)] as const]),
      ...Object.entries(metrics).map(([name, value]) => [name, short(value)] as const),
      ['rate', firstRate === rate ? short(rate) : `${short(firstRate)} to ${short(rate)}`],
      ...(epoch < this.epochs ? [['left', duration(this.secondsLeft)] as const] : []),
    ]
  }

  toString(): string {
    const { epoch } = this.record
    const full = Math.round((20 * epoch) / this.epochs)
    return `epoch ${epoch}/${this.epochs} [${'='.repeat(full)}${'.'.repeat(20 - full)}] ${this.facts()
      .map(fact => fact.join(' '))
      .join(', ')}`
  }

  [DISPLAY](): MimeBundle {
    const { epoch } = this.record
    const facts = this.facts()
      .map(([name, value]) => `${escape(name)} <b>${escape(value)}</b>`)
      .join(' · ')
    const label = `epoch ${epoch} of ${this.epochs}`
    const html = `<div><progress value="${epoch}" max="${this.epochs}" aria-label="${label}"></progress> ${label} · ${facts}</div>`
    return { data: { 'text/plain': this.toString(), 'text/html': html } }
  }
}

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
    else if (progress.record.epoch < progress.epochs && now() - last < between) return
    else shown.update(progress)
    last = now()
  })
}

/** In a terminal, one line that is written over; into a file or a pipe, a line for each tenth of the way. */
export function terminalProgress(
  stream: { write(text: string): unknown; readonly isTTY?: boolean },
  { now = clock }: { readonly now?: Clock } = {},
): OnEpoch {
  return timed(now, progress => {
    const {
      record: { epoch },
      epochs,
    } = progress
    if (stream.isTTY === true) stream.write(`\r\u001b[K${progress.toString()}${epoch === epochs ? '\n' : ''}`)
    else if (Math.floor((10 * epoch) / epochs) > Math.floor((10 * (epoch - 1)) / epochs)) stream.write(`${progress.toString()}\n`)
  })
}

function timed(now: Clock, show: (progress: TrainingProgress) => void): OnEpoch {
  const start = now()
  let seen = 0
  return (record, epochs) => {
    seen++
    show(new TrainingProgress(record, epochs, (((now() - start) / seen) * (epochs - record.epoch)) / 1000))
  }
}

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
