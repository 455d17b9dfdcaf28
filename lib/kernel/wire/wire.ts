import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { newHeader } from '../../notebook/wire/index.ts'
import type { Connection, Header, Message } from '../../notebook/wire/index.ts'
import type { Incoming, Outgoing } from './letters.ts'

export interface WireHandlers {
  readonly onRequest: (channel: 'shell' | 'control', message: Message, received: number) => void
  readonly onInput: (message: Message) => void
  readonly onInterrupt: () => void
  readonly onShutdown: () => void
}

/** The kernel's end of the thread that holds the sockets. */
export class Wire {
  readonly session = randomUUID()
  readonly #worker: Worker

  constructor(connection: Connection, handlers: WireHandlers) {
    this.#worker = new Worker(new URL('./wire-thread.js', import.meta.url), { workerData: { connection, session: this.session } })
    this.#worker.on('message', (letter: Incoming) => {
      if (letter.type === 'request') handlers.onRequest(letter.channel, letter.message, letter.received)
      else if (letter.type === 'input') handlers.onInput(letter.message)
      else if (letter.type === 'interrupt') handlers.onInterrupt()
      else if (letter.type === 'shutdown') handlers.onShutdown()
    })
    this.#worker.on('error', error => {
      process.stderr.write(`clvlab: the kernel cannot reach its front end: ${error.message}\n`)
      process.exit(1)
    })
  }

  reply(channel: 'shell' | 'control', request: Message, type: string, content: Record<string, unknown>, metadata: Record<string, unknown> = {}): void {
    this.#post({ type: 'send', channel, message: { identities: request.identities, header: newHeader(type, this.session), parent: request.header, metadata, content } })
  }

  publish(parent: Header | Record<string, never>, type: string, content: Record<string, unknown>): void {
    this.#post({ type: 'send', channel: 'iopub', message: { identities: [Buffer.from(type)], header: newHeader(type, this.session), parent, metadata: {}, content } })
  }

  askInput(request: Message, content: Record<string, unknown>): void {
    this.#post({ type: 'send', channel: 'stdin', message: { identities: request.identities, header: newHeader('input_request', this.session), parent: request.header, metadata: {}, content } })
  }

  /** Tells whether a cell runs, so that an interrupt may stop the main thread. */
  running(running: boolean): void {
    this.#post({ type: 'running', running })
  }

  /** Tells that the main thread has heard of an interrupt and needs not be stopped. */
  heard(): void {
    this.#post({ type: 'heard' })
  }

  /** Sends what waits and closes the sockets. */
  async close(): Promise<void> {
    const ended = new Promise(resolve => this.#worker.once('exit', resolve))
    this.#post({ type: 'close' })
    await ended
  }

  #post(letter: Outgoing): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    this.#worker.postMessage(letter)
  }
}
