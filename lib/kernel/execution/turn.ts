import { MessageChannel } from 'node:worker_threads'
import { native } from './native-timers.ts'

/**
 * Calls back in a turn of the event loop that holds nothing else. Node's own immediates come in batches, of which the rest is lost, or
 * loops for ever, when the engine stops one of them. A port in turn hands out up to a thousand messages in one turn, those that come meanwhile among
 * them: each is sent by an immediate, so that timers and other messages are heard between two.
 */
export function nextTurn(work: () => void): void {
  waiting.push(work)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  native.setImmediate(() => port2.postMessage(0))
}

const waiting: (() => void)[] = []
const { port1, port2 } = new MessageChannel()
port1.on('message', () => waiting.shift()?.())
port1.unref()
