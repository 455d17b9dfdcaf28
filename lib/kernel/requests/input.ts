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

  constructor(wire: Wire) {
    this.#wire = wire
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
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#wire.askInput(request, { prompt, password: false })
    })
  }

  answer(message: Message): void {
    this.#waiting?.resolve(textOf(message.content['value']))
    this.#waiting = undefined
  }

  cancel(): void {
    this.#waiting?.reject(new KernelError({ code: 'no-input', what: 'the question was interrupted' }))
    this.#waiting = undefined
  }
}
