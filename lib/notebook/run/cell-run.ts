import { NotebookError } from '../../errors/index.ts'
import type { KernelClient, KernelProcess } from '../client/index.ts'
import { textOf } from '../wire/index.ts'
import type { Message } from '../wire/index.ts'

export interface CellReply {
  readonly status: 'ok' | 'error' | 'timeout' | 'dead' | 'interrupted'
  readonly count: number | null
  /** False where an interrupted cell did not end: the kernel is still busy with it. */
  readonly answered?: boolean
  readonly error?: { readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] }
}

export interface CellRunOptions {
  readonly client: KernelClient
  readonly kernel: KernelProcess
  readonly code: string
  /** Milliseconds; Infinity for none. */
  readonly timeout: number
  readonly signal: AbortSignal | undefined
  /** Every output of the cell, also those that come after its end. */
  readonly onOutput: (message: Message) => void
}

/** Node's timers hold no more, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1
/** How long an interrupted cell, and the last word of an ended one, may take, in milliseconds. */
const PATIENCE = 5000
/** An interrupt that comes before the kernel has begun the cell is lost: it is sent again, every so many milliseconds. */
const AGAIN = 200

/** Runs one cell: ends when the kernel has both answered and gone idle, or is dead, or did not obey. */
export async function runCell(options: CellRunOptions): Promise<CellReply> {
  const { client, kernel, code, signal } = options
  const { id, reply } = client.request('shell', 'execute_request', {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  })
  const idle = new Promise<void>(resolve => {
    client.listen(message => {
      if ((message.parent as { msg_id?: string }).msg_id !== id) return
      if (message.header.msg_type === 'status') {
        if (message.content['execution_state'] === 'idle') resolve()
      } else options.onOutput(message)
    })
  })
  const dead = died(kernel)
  const first = await Promise.race([reply, dead, after(options.timeout, 'timeout' as const), aborted(signal)])
  if (first === 'dead') return { status: 'dead', count: null }
  if (first === 'timeout' || first === 'interrupted') {
    const interrupt = (): void => void client.request('control', 'interrupt_request')
    interrupt()
    const again = setInterval(interrupt, AGAIN)
    const ended = await Promise.race([reply, dead, after(PATIENCE, undefined)])
    clearInterval(again)
    return { status: first, count: null, answered: ended !== undefined && ended !== 'dead' }
  }
  const end = await Promise.race([idle, dead, after(PATIENCE, 'lost' as const)])
  if (end === 'dead') return { status: 'dead', count: null }
  if (end === 'lost')
    throw new NotebookError({
      code: 'lost-output',
      what: 'the kernel answered but never said that all output was sent',
      remedy: 'run the notebook again',
    })
  return toReply(first.content)
}

function toReply(content: Readonly<Record<string, unknown>>): CellReply {
  const count = typeof content['execution_count'] === 'number' ? content['execution_count'] : null
  if (content['status'] === 'ok') return { status: 'ok', count }
  const traceback = Array.isArray(content['traceback']) ? content['traceback'].map(String) : []
  return {
    status: 'error',
    count,
    error: { ename: textOf(content['ename'], 'Error'), evalue: textOf(content['evalue']), traceback },
  }
}

/** One promise for each kernel and each signal, however many cells wait for it: listeners do not pile up. */
const deaths = new WeakMap<object, Promise<'dead'>>()
const aborts = new WeakMap<AbortSignal, Promise<'interrupted'>>()

export async function died({ child }: KernelProcess): Promise<'dead'> {
  if (child.exitCode !== null || child.signalCode !== null) return 'dead'
  const known = deaths.get(child) ?? new Promise<'dead'>(resolve => child.once('exit', () => resolve('dead')))
  deaths.set(child, known)
  return known
}

async function after<const T>(delay: number, value: T): Promise<T> {
  if (delay > LONGEST) return new Promise(() => undefined)
  return new Promise(resolve => setTimeout(() => resolve(value), delay).unref())
}

export async function aborted(signal: AbortSignal | undefined): Promise<'interrupted'> {
  if (signal === undefined) return new Promise(() => undefined)
  if (signal.aborted) return 'interrupted'
  const known =
    aborts.get(signal) ??
    new Promise<'interrupted'>(resolve => signal.addEventListener('abort', () => resolve('interrupted'), { once: true }))
  aborts.set(signal, known)
  return known
}
