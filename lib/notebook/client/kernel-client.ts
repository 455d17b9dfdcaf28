import { randomUUID } from 'node:crypto'
import { Dealer, Request, Subscriber } from 'zeromq'
import { Codec, address, newHeader, textOf } from '../wire/index.ts'
import type { Connection, Message } from '../wire/index.ts'

type Listener = (message: Message) => void

/** How soon a socket tries again to reach a kernel that has just been started, in milliseconds. */
const RETRY = 20

/** The front end's side of the protocol: sends requests, gives each its reply, and hears what is published. */
export class KernelClient {
  readonly session = randomUUID()
  readonly #codec: Codec
  readonly #sockets: Record<'shell' | 'control' | 'stdin', Dealer>
  readonly #iopub = new Subscriber({ receiveHighWaterMark: 0, linger: 0, reconnectInterval: RETRY })
  readonly #heartbeat: Request
  readonly #waiting = new Map<string, Listener>()
  readonly #listeners = new Set<Listener>()
  #onInput: Listener | undefined

  constructor(connection: Connection) {
    this.#codec = new Codec(connection.key)
    const routingId = this.session
    this.#sockets = {
      shell: new Dealer({ linger: 0, routingId, reconnectInterval: RETRY }),
      control: new Dealer({ linger: 0, routingId, reconnectInterval: RETRY }),
      stdin: new Dealer({ linger: 0, routingId, reconnectInterval: RETRY }),
    }
    this.#heartbeat = new Request({ linger: 0 })
    for (const name of ['shell', 'control', 'stdin'] as const) this.#sockets[name].connect(address(connection, name))
    this.#iopub.connect(address(connection, 'iopub'))
    this.#iopub.subscribe()
    this.#heartbeat.connect(address(connection, 'hb'))
    void this.#receive(this.#sockets.shell, message => this.#onReply(message))
    void this.#receive(this.#sockets.control, message => this.#onReply(message))
    void this.#receive(this.#sockets.stdin, message => this.#onInput?.(message))
    void this.#receive(this.#iopub, message => this.#listeners.forEach(listener => listener(message)))
  }

  /** Hears everything that is published, until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Answers the kernel's questions. */
  onInput(answer: (prompt: string) => string): void {
    this.#onInput = message => {
      const value = answer(textOf(message.content['prompt']))
      void this.#send('stdin', {
        identities: [],
        header: newHeader('input_reply', this.session),
        parent: message.header,
        metadata: {},
        content: { value },
      })
    }
  }

  /** Sends a request; `id` names it in what is published for it. */
  request(
    channel: 'shell' | 'control',
    type: string,
    content: Record<string, unknown> = {},
  ): { readonly id: string; readonly reply: Promise<Message> } {
    const header = newHeader(type, this.session)
    const reply = new Promise<Message>(resolve => this.#waiting.set(header.msg_id, resolve))
    void this.#send(channel, { identities: [], header, parent: {}, metadata: {}, content })
    return { id: header.msg_id, reply }
  }

  /** Waits until the kernel answers and what it publishes is heard. */
  async ready(): Promise<Message> {
    for (;;) {
      let stop: (() => void) | undefined
      const published = new Promise<void>(resolve => {
        stop = this.listen(() => resolve())
      })
      const { reply } = this.request('shell', 'kernel_info_request')
      const answer = await reply
      const isHeard = await Promise.race([
        published.then(() => true),
        new Promise<false>(resolve => setTimeout(() => resolve(false), 2 * RETRY)),
      ])
      stop?.()
      if (isHeard) return answer
    }
  }

  async heartbeat(): Promise<void> {
    await this.#heartbeat.send('ping')
    await this.#heartbeat.receive()
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close()
    this.#iopub.close()
    this.#heartbeat.close()
  }

  #onReply(message: Message): void {
    const id = (message.parent as { msg_id?: string }).msg_id ?? ''
    this.#waiting.get(id)?.(message)
    this.#waiting.delete(id)
  }

  async #send(channel: 'shell' | 'control' | 'stdin', message: Message): Promise<void> {
    await this.#sockets[channel].send(this.#codec.encode(message))
  }

  async #receive(socket: AsyncIterable<Buffer[]>, handle: Listener): Promise<void> {
    for await (const frames of socket) handle(this.#codec.decode(frames))
  }
}
