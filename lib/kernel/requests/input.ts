import { Readable } from 'node:stream'
import { KernelError } from '../../errors/index.ts'
import { textOf } from '../../notebook/wire/index.ts'
import type { Message } from '../../notebook/wire/index.ts'
import type { Wire } from '../wire/wire.ts'

interface Waiting {
  readonly resolve: (value: string) => void
  readonly reject: (error: Error) => void
}

/** Where a cell asks its reader for text, if the front end says that somebody can answer. */
export class InputDesk {
  readonly #wire: Wire
  #request: Message | undefined
  #waiting: Waiting | undefined
  /** Questions are asked one after the other. */
  #last: Promise<void> = Promise.resolve()

  constructor(wire: Wire) {
    this.#wire = wire
  }

  /** `process.stdin`, and with it `node:readline`, asks the reader too: for a line whenever one is wanted. */
  install(): void {
    const stdin = new Readable({
      read: () => {
        this.ask().then(
          line => stdin.push(`${line}\n`),
          (error: unknown) => stdin.destroy(error as Error),
        )
      },
    })
    Object.defineProperty(process, 'stdin', { configurable: true, get: () => stdin })
  }

  open(request: Message, allowed: boolean): void {
    this.#request = allowed ? request : undefined
  }

  close(): void {
    this.#request = undefined
  }

  /** @throws KernelError at once where nobody can answer */
  async ask(prompt = ''): Promise<string> {
    const request = this.#request
    if (request === undefined) {
      throw new KernelError({
        code: 'no-input',
        what: 'nobody can answer: this front end does not take input',
        remedy: 'give the value as a parameter of the notebook',
      })
    }
    const before = this.#last
    const answered = (async () => {
      await before
      if (this.#request !== request) throw interrupted()
      return new Promise<string>((resolve, reject) => {
        this.#waiting = { resolve, reject }
        this.#wire.askInput(request, { prompt, password: false })
      })
    })()
    this.#last = answered.then(
      () => undefined,
      () => undefined,
    )
    return answered
  }

  answer(message: Message): void {
    this.#waiting?.resolve(textOf(message.content['value']))
    this.#waiting = undefined
  }

  cancel(): void {
    this.#request = undefined
    this.#waiting?.reject(interrupted())
    this.#waiting = undefined
  }
}

const interrupted = (): KernelError => new KernelError({ code: 'no-input', what: 'the question was interrupted' })
