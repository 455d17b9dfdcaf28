import { KernelClient, startKernelProcess } from '../../lib/notebook/client/index.ts'
import type { KernelProcess } from '../../lib/notebook/client/index.ts'
import type { Message } from '../../lib/notebook/wire/index.ts'

/** What a cell's run brought, as far as it has come. */
export interface Seen {
  status: string
  stdout: string
  result: Record<string, string> | undefined
  error: { readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] } | undefined
  readonly displays: Record<string, unknown>[]
  /** Types of the messages published for it, in order. */
  readonly messages: string[]
}

/** A real kernel in a process of its own, and a client that speaks to it. */
export class KernelHarness {
  readonly process: KernelProcess
  readonly client: KernelClient

  private constructor(process: KernelProcess) {
    this.process = process
    this.client = new KernelClient(process.connection)
  }

  static async start(cwd: string, command?: readonly string[]): Promise<KernelHarness> {
    const harness = new KernelHarness(await startKernelProcess({ cwd, ...(command === undefined ? {} : { command }) }))
    await harness.client.ready()
    return harness
  }

  /** Runs a cell and waits for its reply and for its idle status. */
  async run(code: string, answers = false): Promise<Seen> {
    return this.start(code, answers)
  }

  async start(code: string, answers = false): Promise<Seen> {
    const seen: Seen = { status: '', stdout: '', result: undefined, error: undefined, displays: [], messages: [] }
    const { id, reply } = this.client.request('shell', 'execute_request', {
      code,
      silent: false,
      store_history: true,
      allow_stdin: answers,
      stop_on_error: true,
    })
    const idle = new Promise<void>(resolve => {
      this.client.listen(message => {
        if ((message.parent as { msg_id?: string }).msg_id !== id) return
        take(seen, message)
        if (message.content['execution_state'] === 'idle') resolve()
      })
    })
    const [answer] = await Promise.all([reply, idle])
    seen.status = String(answer.content['status'])
    return seen
  }

  /** Starts a cell and settles when it has printed `text`; its run goes on. */
  async begin(code: string, text = 'begun\n'): Promise<{ readonly ended: Promise<Seen> }> {
    const printed = this.prints(text)
    const ended = this.start(code)
    await printed
    return { ended }
  }

  /** Settles when whatever runs has printed `text`. */
  async prints(text: string): Promise<void> {
    let seen = ''
    await new Promise<void>(resolve => {
      const stop = this.client.listen(({ header, content }) => {
        if (header.msg_type !== 'stream') return
        seen += String(content['text'])
        if (!seen.includes(text)) return
        stop()
        resolve()
      })
    })
  }

  async ask(type: string, content: Record<string, unknown>): Promise<Readonly<Record<string, unknown>>> {
    return (await this.client.request('shell', type, content).reply).content
  }

  async interrupt(): Promise<void> {
    await this.client.request('control', 'interrupt_request').reply
  }

  async stop(): Promise<void> {
    this.client.close()
    await this.process.dispose()
  }
}

function take(seen: Seen, { header, content }: Message): void {
  seen.messages.push(header.msg_type)
  switch (header.msg_type) {
    case 'stream':
      if (content['name'] === 'stdout') seen.stdout += String(content['text'])
      break
    case 'execute_result':
      seen.result = content['data'] as Record<string, string>
      break
    case 'display_data':
      seen.displays.push(content['data'] as Record<string, unknown>)
      break
    case 'error':
      seen.error = content as unknown as NonNullable<Seen['error']>
      break
  }
}
