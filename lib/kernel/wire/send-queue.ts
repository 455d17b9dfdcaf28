interface Sink {
  send: (frames: Buffer[]) => Promise<void>
}

/**
 * Sends one message after another, each awaited: a socket that is given many at once refuses those that it cannot hold,
 * and they would be lost.
 */
export class SendQueue {
  readonly #sink: Sink
  #last: Promise<void> = Promise.resolve()

  constructor(sink: Sink) {
    this.#sink = sink
  }

  push(frames: Buffer[]): void {
    this.#last = this.#last.then(() => this.#sink.send(frames)).catch(() => undefined)
  }

  /** Settles when all that was pushed so far is with the socket. */
  async drained(): Promise<void> {
    await this.#last
  }
}
