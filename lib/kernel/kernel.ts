import type { CellCompiler } from './compiler/cell-compiler.ts'
import { toBundle } from './display/bundle.ts'
import { displayer } from './display/display.ts'
import { Budget } from './display/budget.ts'
import { installChildren } from './execution/children.ts'
import { installGuards } from './execution/guard.ts'
import { native } from './execution/native-timers.ts'
import { notePending, settled } from './execution/pending.ts'
import { watchQueries } from './execution/queries.ts'
import { Interruption, currentRun, within } from './execution/run.ts'
import type { Run } from './execution/run.ts'
import { Session } from './execution/session.ts'
import type { Outcome } from './execution/session.ts'
import { Streams } from './execution/streams.ts'
import { installTimers } from './execution/timers.ts'
import { installUnwinding, settleUnwinding } from './execution/unwinding.ts'
import { InputDesk } from './requests/input.ts'
import { RequestHandlers } from './requests/handlers.ts'
import { KernelError } from '../errors/index.ts'
import { ROOT } from './root.ts'
import { saysDevice, TrainedDevices } from './display/trained-devices.ts'
import { tslabSink } from './display/tslab.ts'
import type { Wire } from './wire/wire.ts'
import type { Header, Message } from '../notebook/wire/index.ts'
import type { MimeBundle } from '../schema/display/index.ts'

interface ExecuteRequest {
  readonly code: string
  readonly silent: boolean
  readonly store_history: boolean
  readonly allow_stdin: boolean
  readonly stop_on_error: boolean
  readonly user_expressions: Readonly<Record<string, string>>
}

/** The kernel of one notebook: takes requests in their order and answers each. */
export class Kernel {
  readonly #wire: Wire
  readonly #session: Session
  readonly #handlers: RequestHandlers
  readonly #streams: Streams
  readonly #input: InputDesk
  readonly #trained = new TrainedDevices()
  readonly #budget = new Budget()
  readonly #exit: (code: number) => never
  #queue: Promise<void> = Promise.resolve()
  #count = 0
  #running: Run | undefined
  /** How many cells have failed whose request asked to stop: requests that arrived before that was told are not run. */
  #round = 0

  constructor(wire: Wire, compiler: CellCompiler, folder: string) {
    this.#exit = installGuards((error, run) => this.#onLoose(error, run))
    installUnwinding()
    installTimers()
    this.#wire = wire
    wire.open({
      onRequest: (channel, message, received, round) => {
        this.#queue = this.#queue
          .then(() => this.#handle(channel, message, received, round))
          .catch((error: unknown) => this.#onLoose(error, this.#running))
      },
      onInput: message => this.#input.answer(message),
      onInterrupt: () => this.interrupt(),
      onShutdown: () => void this.#shutDown(),
    })
    this.#session = new Session({
      compiler,
      folder,
      root: ROOT,
      onTslab: tslabSink((bundle, id, isUpdate) => this.#show(bundle, id, isUpdate)),
      guard: work => this.#wire.guard(work),
      onReloaded: (text, run) => this.#streams.write(run, 'stdout', text),
    })
    this.#handlers = new RequestHandlers(this.#session.compiler, folder)
    this.#streams = new Streams((run, name, text) => this.#wire.publish(run.parent, 'stream', { name, text }))
    this.#input = new InputDesk(this.#wire)
    Object.assign(globalThis, { [Symbol.for('clvlab.duckdb')]: watchQueries })
    this.#installGlobals()
    this.#streams.install()
    installChildren()
    this.#input.install()
    process.on('SIGINT', () => this.interrupt())
    wire.guard(() => compiler.warmUp())
  }

  async serve(): Promise<never> {
    return new Promise(() => undefined)
  }

  interrupt(): void {
    this.#wire.heard()
    settleUnwinding()
    const run = this.#running
    if (run === undefined) return
    this.#streams.flush(run)
    this.#input.cancel()
    this.#session.interrupt(run)
  }

  async #shutDown(): Promise<void> {
    this.#streams.flushAll()
    this.#session.compiler.close()
    await this.#wire.close()
    this.#exit(0)
  }

  async #handle(channel: 'shell' | 'control', message: Message, received: number, round: number): Promise<void> {
    const { header } = message
    this.#publishStatus(header, 'busy')
    try {
      if (header.msg_type === 'execute_request') await this.#execute(message, received, round)
      else if (header.msg_type === 'settle_request') await this.#settle(channel, message)
      else {
        this.#wire.guard(() =>
          this.#handlers.answer(message, (type, content) => this.#wire.reply(channel, message, type, content)),
        )
      }
    } finally {
      this.#publishStatus(header, 'idle')
    }
  }

  /** Of this kernel's own: answers when what cells have started is done, or `timeout` milliseconds later, with how much is not. */
  async #settle(channel: 'shell' | 'control', message: Message): Promise<void> {
    const pending = await settled(Number(message.content['timeout']) || 0)
    this.#streams.flushAll()
    this.#wire.reply(channel, message, 'settle_reply', { status: 'ok', pending })
  }

  async #execute(message: Message, received: number, round: number): Promise<void> {
    const request = {
      silent: false,
      store_history: true,
      allow_stdin: false,
      stop_on_error: true,
      user_expressions: {},
      ...message.content,
    } as ExecuteRequest
    const reply = (content: Record<string, unknown>): void =>
      this.#wire.reply('shell', message, 'execute_reply', content, { started: new Date(received).toISOString() })
    if (round < this.#round) return reply({ status: 'aborted', execution_count: this.#count })
    const keeps = request.store_history && !request.silent
    if (keeps) this.#count += 1
    if (keeps) this.#handlers.history.add(this.#count, request.code)
    if (!request.silent) this.#wire.publish(message.header, 'execute_input', { code: request.code, execution_count: this.#count })
    const run: Run = {
      parent: message.header,
      count: this.#count,
      silent: request.silent,
      muted: false,
      printed: 0,
      shown: 0,
      loose: [],
    }
    notePending()
    this.#running = run
    this.#input.open(message, request.allow_stdin)
    const outcome = await this.#finish(run, await this.#session.execute(request.code, run))
    this.#running = undefined
    this.#input.close()
    this.#streams.flush(run)
    if (outcome.status === 'ok') return reply({ status: 'ok', execution_count: this.#count, user_expressions: {}, payload: [] })
    if (request.stop_on_error) {
      this.#round += 1
      this.#wire.failed()
    }
    if (!request.silent) this.#wire.publish(message.header, 'error', { ...outcome.failure })
    reply({ status: 'error', execution_count: this.#count, ...outcome.failure })
  }

  /** Shows the last value, and gives rejections that nobody awaited a turn to come to light. */
  async #finish(run: Run, outcome: Outcome): Promise<Outcome> {
    await new Promise(resolve => native.setImmediate(resolve))
    const [loose] = run.loose
    if (loose !== undefined && outcome.status === 'ok') return { status: 'error', failure: this.#session.failure(loose) }
    const trained = this.#trained.take()
    if (outcome.status === 'error' || run.silent) return outcome
    if (outcome.value !== undefined) {
      const shown = await this.#session.turn(run, async () => this.#budget.fit(run, await toBundle(outcome.value)))
      if (shown.status === 'error') return shown
      if (shown.value === undefined) return outcome
      const { data, metadata } = shown.value
      this.#streams.flush(run)
      this.#wire.publish(run.parent, 'execute_result', { execution_count: run.count, data, metadata })
      if (saysDevice(metadata)) return outcome
    }
    if (trained !== undefined) within(run, () => this.#show(trained, undefined, false))
    return outcome
  }

  /** Something was thrown or rejected where nobody waited: it fails its cell, also when that has ended. */
  #onLoose(error: unknown, run: Run | undefined): void {
    if (run === undefined || run.muted || error instanceof Interruption) return
    run.loose.push(error)
    if (this.#running === run) {
      if (error instanceof KernelError && error.code === 'no-input') this.#session.fail(error)
      return
    }
    this.#streams.flush(run)
    this.#wire.publish(run.parent, 'error', { ...this.#session.failure(error) })
  }

  #show(bundle: MimeBundle, id: string | undefined, isUpdate: boolean): void {
    const run = currentRun()
    if (run === undefined || run.silent || run.muted) return
    const fits = this.#budget.fit(run, bundle, id)
    if (fits === undefined) return
    const { data, metadata } = fits
    this.#streams.flush(run)
    this.#wire.publish(run.parent, isUpdate ? 'update_display_data' : 'display_data', {
      data,
      metadata,
      transient: id === undefined ? {} : { display_id: id },
    })
  }

  #installGlobals(): void {
    const show = displayer(
      (bundle, id, isUpdate) => this.#show(bundle, id, isUpdate),
      error => this.#onLoose(error, currentRun()),
    )
    const clearOutput = (wait = false): void => {
      const run = currentRun()
      if (run === undefined || run.muted) return
      this.#streams.flush(run)
      this.#wire.publish(run.parent, 'clear_output', { wait })
    }
    Object.assign(globalThis, {
      display: show,
      displayBundle: (bundle: MimeBundle) => show({ [Symbol.for('clvlab.display')]: () => bundle }),
      clearOutput,
      input: (prompt?: string) => this.#input.ask(prompt),
    })
    this.#trained.listen()
    console.clear = () => clearOutput()
  }

  #publishStatus(parent: Header, state: string): void {
    this.#wire.publish(parent, 'status', { execution_state: state })
  }
}
