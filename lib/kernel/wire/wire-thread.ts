/**
 * The thread that holds the kernel's sockets. It answers heartbeat, control and who we are at once, whatever the main thread does,
 * and stops a cell that keeps the main thread busy. It must not use `console`, which would wait for that thread.
 */
import { Session } from 'node:inspector'
import { parentPort, workerData } from 'node:worker_threads'
import { Reply, Router, XPublisher } from 'zeromq'
import { Codec, address, newHeader } from '../../notebook/wire/index.ts'
import type { Message } from '../../notebook/wire/index.ts'
import { now } from './clock.ts'
import { endWithFrontEnd } from './front-end.ts'
import type { Incoming, Outgoing, WireData } from './letters.ts'
import { Rounds } from './rounds.ts'
import { SendQueue } from './send-queue.ts'
import { UNWIND } from './unwind.ts'

/** How long the main thread may take to end by itself after a shutdown, in milliseconds. */
const GRACE = 1700
/** How long it may take to hear of an interrupt before what keeps it busy is stopped, in milliseconds. */
const PATIENCE = 100
/** How long the first answer waits for somebody who listens, in milliseconds. */
const UNHEARD = 1000

const { connection, session, info, guarded } = workerData as WireData
const main = parentPort
if (main === null) throw new Error('the wire runs in a worker thread')
const codec = new Codec(connection.key)
const shell = new Router({ linger: 500 })
const control = new Router({ linger: 500 })
const stdin = new Router({ linger: 500 })
const iopub = new XPublisher({ linger: 500, sendHighWaterMark: 0, verbosity: 'allSubs' })
const heartbeat = new Reply()
const queues = {
  shell: new SendQueue(shell),
  control: new SendQueue(control),
  stdin: new SendQueue(stdin),
  iopub: new SendQueue(iopub),
}
let waiting: NodeJS.Timeout | undefined
const rounds = new Rounds(deliver)

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
const post = (letter: Incoming): void => main.postMessage(letter)

main.on('message', (letter: Outgoing) => rounds.send(letter))

await Promise.all([
  shell.bind(address(connection, 'shell')),
  control.bind(address(connection, 'control')),
  stdin.bind(address(connection, 'stdin')),
  iopub.bind(address(connection, 'iopub')),
  heartbeat.bind(address(connection, 'hb')),
])
endWithFrontEnd(() => shutdown())
void echo()
const listened = welcome()
void receive(shell, onShell)
void receive(stdin, message => post({ type: 'input', message }))
void receive(control, onControl)
post({ type: 'ready' })

function deliver(letter: Outgoing): void {
  if (letter.type === 'heard') clearTimeout(waiting)
  else if (letter.type === 'close') void close()
  else if (letter.type === 'send') queues[letter.channel].push(codec.encode(letter.message))
}

async function echo(): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames)
}

/** Greets everyone who begins to listen to what is published (JEP 65); settles when somebody has, or will not for a while. */
async function welcome(): Promise<void> {
  const first = new Promise<void>(resolve => {
    void (async () => {
      for await (const [frame] of iopub) {
        if (frame?.[0] !== 1) continue
        const subscription = frame.subarray(1)
        queues.iopub.push(
          codec.encode({
            identities: [subscription],
            header: newHeader('iopub_welcome', session),
            parent: {},
            metadata: {},
            content: { subscription: subscription.toString() },
          }),
        )
        resolve()
      }
    })().catch(() => undefined)
  })
  await Promise.race([first, new Promise(resolve => setTimeout(resolve, UNHEARD))])
}

async function receive(socket: Router, handle: (message: Message) => void): Promise<void> {
  for await (const frames of socket) {
    try {
      handle(codec.decode(frames))
    } catch {
      // A foreign or forged message gets no answer.
    }
  }
}

/**
 * A front end waits for the first answer before it sends anything: the compiler gets ready meanwhile. It is not given before
 * the front end listens, or what the first cell shows might be lost.
 */
function onShell(message: Message): void {
  if (message.header.msg_type === 'kernel_info_request')
    void listened.then(() => answer('shell', message, 'kernel_info_reply', { ...info }))
  else post({ type: 'request', channel: 'shell', message, received: now(), round: rounds.current })
}

function onControl(message: Message): void {
  switch (message.header.msg_type) {
    case 'kernel_info_request':
      return answer('control', message, 'kernel_info_reply', { ...info })
    case 'interrupt_request':
      interrupt()
      return answer('control', message, 'interrupt_reply', { status: 'ok' })
    case 'shutdown_request':
      answer('control', message, 'shutdown_reply', { status: 'ok', restart: message.content['restart'] === true })
      return shutdown()
    default:
      post({ type: 'request', channel: 'control', message, received: now(), round: rounds.current })
  }
}

function answer(channel: 'shell' | 'control', request: Message, type: string, content: Record<string, unknown>): void {
  publishStatus(request, 'busy')
  queues[channel].push(
    codec.encode({
      identities: request.identities,
      header: newHeader(type, session),
      parent: request.header,
      metadata: {},
      content,
    }),
  )
  publishStatus(request, 'idle')
}

function publishStatus(request: Message, state: string): void {
  queues.iopub.push(
    codec.encode({
      identities: [Buffer.from('status')],
      header: newHeader('status', session),
      parent: request.header,
      metadata: {},
      content: { execution_state: state },
    }),
  )
}

/** Sends what waits, then lets go of the sockets. The thread stays: it ends a process that does not end by itself. */
async function close(): Promise<void> {
  await Promise.all(Object.values(queues).map(async queue => queue.drained()))
  for (const socket of [shell, control, stdin, iopub, heartbeat]) socket.close()
  clearTimeout(waiting)
  post({ type: 'closed' })
}

/** Tells the main thread, and stops it where it does not listen because a cell's code keeps it busy. */
function interrupt(): void {
  post({ type: 'interrupt' })
  clearTimeout(waiting)
  waiting = setTimeout(terminate, PATIENCE)
}

/** Stops whatever runs on the main thread, a callback of a cell that has ended included, but not the kernel's own work half-way. */
function terminate(): void {
  if (Atomics.load(guarded, 0) > 0) {
    waiting = setTimeout(terminate, PATIENCE)
    return
  }
  const inspector = new Session()
  inspector.connectToMainThread()
  const expression = `globalThis[Symbol.for('${UNWIND}')]?.()`
  inspector.post('Runtime.evaluate', { expression }, () =>
    inspector.post('Runtime.terminateExecution', () => inspector.disconnect()),
  )
}

function shutdown(): void {
  post({ type: 'shutdown' })
  setTimeout(terminate, PATIENCE).unref()
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE)
}
