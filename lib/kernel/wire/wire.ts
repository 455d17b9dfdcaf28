import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { newHeader } from '../../notebook/wire/index.ts'
import type { Connection, Header, Message } from '../../notebook/wire/index.ts'
import type { Incoming, Outgoing, WireData } from './letters.ts'

export interface WireHandlers {
  readonly onRequest: (channel: 'shell' | 'control', message: Message, received: number, round: number) => void
  readonly onInput: (message: Message) => void
  readonly onInterrupt: () => void
  readonly onShutdown: () => void
}

/** The kernel's end of the thread that holds the sockets. */
export class Wire {
  readonly session = randomUUID()
  readonly #worker: Worker
  readonly #early: Incoming[] = []
  readonly #guarded = new Int32Array(new SharedArrayBuffer(4))
  #handlers: WireHandlers | undefined

  /** Starts the thread, which gets ready while the rest of the kernel loads; `info` answers `kernel_info_request`. */
  constructor(connection: Connection, info: Readonly<Record<string, unknown>>) {
    this.#worker = new Worker(new URL('./wire-thread.js', import.meta.url), {
      workerData: { connection, session: this.session, info, guarded: this.#guarded } satisfies WireData,
    })
    this.#worker.on('message', (letter: Incoming) => {
      if (this.#handlers === undefined) this.#early.push(letter)
      else handle(letter, this.#handlers)
    })
    this.#worker.on('error', error => {
      process.stderr.write(`clvlab: the kernel cannot reach its front end: ${error.message}\n`)
      process.exit(1)
    })
  }

  /** From now on letters go to these handlers, those first that came before. */
  open(handlers: WireHandlers): void {
    this.#handlers = handlers
    for (const letter of this.#early.splice(0)) handle(letter, handlers)
  }

  reply(
    channel: 'shell' | 'control',
    request: Message,
    type: string,
    content: Record<string, unknown>,
    metadata: Record<string, unknown> = {},
  ): void {
    this.#post({
      type: 'send',
      channel,
      message: {
        identities: request.identities,
        header: newHeader(type, this.session),
        parent: request.header,
        metadata,
        content,
      },
    })
  }

  publish(parent: Header | Record<string, never>, type: string, content: Record<string, unknown>): void {
    this.#post({
      type: 'send',
      channel: 'iopub',
      message: { identities: [Buffer.from(type)], header: newHeader(type, this.session), parent, metadata: {}, content },
    })
  }

  askInput(request: Message, content: Record<string, unknown>): void {
    this.#post({
      type: 'send',
      channel: 'stdin',
      message: {
        identities: request.identities,
        header: newHeader('input_request', this.session),
        parent: request.header,
        metadata: {},
        content,
      },
    })
  }

  /** What is sent from now on tells of a failure: requests that arrive before it is sent are of an earlier round than those behind it. */
  failed(): void {
    this.#post({ type: 'failed' })
  }

  /** Does work of the kernel's own that an interrupt must not stop half-way, as it does a cell's. */
  guard<T>(work: () => T): T {
    Atomics.add(this.#guarded, 0, 1)
    try {
      return work()
    } finally {
      Atomics.sub(this.#guarded, 0, 1)
    }
  }

  /** Tells that the main thread has heard of an interrupt and needs not be stopped. */
  heard(): void {
    this.#post({ type: 'heard' })
  }

  /** Sends what waits and closes the sockets. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.#worker.on('message', ({ type }: Incoming) => type === 'closed' && resolve())
    })
    this.#post({ type: 'close' })
    await closed
  }

  #post(letter: Outgoing): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    this.#worker.postMessage(letter)
  }
}

function handle(letter: Incoming, handlers: WireHandlers): void {
  switch (letter.type) {
    case 'request':
      return handlers.onRequest(letter.channel, letter.message, letter.received, letter.round)
    case 'input':
      return handlers.onInput(letter.message)
    case 'interrupt':
      return handlers.onInterrupt()
    case 'shutdown':
      return handlers.onShutdown()
    case 'ready':
    case 'closed':
      return undefined
  }
}
