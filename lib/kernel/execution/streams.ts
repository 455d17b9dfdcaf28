import { StringDecoder } from 'node:string_decoder'
import { native } from './native-timers.ts'
import { currentRun } from './run.ts'
import type { Run } from './run.ts'

type StreamName = 'stdout' | 'stderr'
type Publish = (run: Run, name: StreamName, text: string) => void

/** Pending text is sent when it is this long, or this old in milliseconds. */
const BATCH = 1 << 17
const DELAY = 30
/** So many writes are sent at once before they are gathered; one more for each delay: a loop that never yields may come behind. */
const BURST = 20
/** What one cell may print, characters; a notebook with more than this can hardly be opened. */
const LIMIT = 700_000
/** And what it may print however much it has shown. */
const LEAST = 50_000

interface Pending {
  readonly run: Run
  readonly parts: { readonly name: StreamName; text: string }[]
  length: number
  since: number
}

/**
 * Stands in for the process's stdout and stderr: text is gathered per execution, kept in order, and sent in few large
 * pieces, also while a cell's loop never lets the event loop turn.
 */
export class Streams {
  readonly #publish: Publish
  readonly #pending = new Map<Run, Pending>()
  readonly #bursts = new WeakMap<Run, { left: number; at: number }>()
  #timer: NodeJS.Timeout | undefined

  constructor(publish: Publish) {
    this.#publish = publish
  }

  install(): void {
    this.#capture('stdout')
    this.#capture('stderr')
  }

  write(run: Run, name: StreamName, text: string): void {
    if (run.silent || run.muted || text === '') return
    const allowed = this.#allowed(run, text)
    if (allowed === '') return
    const pending = this.#pending.get(run) ?? { run, parts: [], length: 0, since: performance.now() }
    this.#pending.set(run, pending)
    const last = pending.parts.at(-1)
    if (last?.name === name) last.text += allowed
    else pending.parts.push({ name, text: allowed })
    pending.length += allowed.length
    if (pending.length > BATCH || this.#mayBurst(run) || performance.now() - pending.since > 4 * DELAY) this.flush(run)
    else this.#timer ??= native.setTimeout(() => this.flushAll(), DELAY)
  }

  /** Sends what an execution has printed, before anything else of it is sent. */
  flush(run: Run): void {
    const pending = this.#pending.get(run)
    if (pending === undefined) return
    this.#pending.delete(run)
    for (const { name, text } of pending.parts) this.#publish(run, name, text)
  }

  flushAll(): void {
    native.clearTimeout(this.#timer)
    this.#timer = undefined
    for (const run of this.#pending.keys()) this.flush(run)
  }

  #mayBurst(run: Run): boolean {
    const burst = this.#bursts.get(run) ?? { left: BURST, at: performance.now() }
    this.#bursts.set(run, burst)
    const earned = Math.floor((performance.now() - burst.at) / DELAY)
    burst.left = Math.min(BURST, burst.left + earned)
    burst.at += earned * DELAY
    if (burst.left === 0) return false
    burst.left -= 1
    return true
  }

  #allowed(run: Run, text: string): string {
    const limit = Math.max(LIMIT - run.shown, LEAST)
    const left = limit - run.printed
    if (left < 0) return ''
    run.printed += text.length
    if (text.length <= left) return text
    run.printed = limit + 1
    return `${text.slice(0, left)}\n[clvlab: this cell has printed more than ${limit} characters; the rest is not shown]\n`
  }

  #capture(name: StreamName): void {
    const stream = process[name]
    const decoders = new WeakMap<Run, StringDecoder>()
    const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      const run = currentRun()
      if (run !== undefined) {
        const decoder = decoders.get(run) ?? new StringDecoder('utf8')
        decoders.set(run, decoder)
        this.write(run, name, typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk)))
      }
      const callback = typeof encoding === 'function' ? encoding : done
      if (typeof callback === 'function') process.nextTick(callback as () => void)
      return true
    }
    stream.write = write as typeof stream.write
    stream.end = ((chunk?: unknown, encoding?: unknown, done?: unknown) => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) write(chunk, encoding, done)
      return stream
    }) as typeof stream.end
  }
}
