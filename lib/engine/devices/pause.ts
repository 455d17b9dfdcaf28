import { MessageChannel } from 'node:worker_threads'
import { EngineError } from '../../errors/index.ts'

/** Longer than anyone waits, in milliseconds: as long as a timer can be. */
const LONG = 2147483647

/**
 * Waits for work. Errors: those of the work; `EngineError` (`interrupted`) where whoever waits was stopped meanwhile, after `settle`: an interrupted
 * notebook cell loses its timers, by which it is known here.
 */
export async function unlessInterrupted<T>(work: Promise<T>, settle: () => void = () => {}): Promise<T> {
  const wanted: { readonly ['_destroyed']?: boolean } & NodeJS.Timeout = setTimeout(() => {}, LONG)
  try {
    const done = await work
    // oxlint-disable-next-line no-underscore-dangle -- Node tells it nowhere else
    if (wanted._destroyed !== true) return done
  } finally {
    clearTimeout(wanted)
  }
  settle()
  throw new EngineError({
    code: 'interrupted',
    what: 'the training was interrupted',
    remedy: 'start it again: with a checkpoint it goes on from where it was',
  })
}

/** Lets the process do what else waits: timers, signals, messages. Errors: `EngineError` (`interrupted`) as `unlessInterrupted` has it. */
export async function pause(settle?: () => void): Promise<void> {
  await unlessInterrupted(new Promise<void>(next), settle)
}

const waiting: (() => void)[] = []
const ports = [0, 1].map(() => {
  const { port1, port2 } = new MessageChannel()
  port1.on('message', () => waiting.shift()?.())
  port1.unref()
  return port2
})
let turn = 0

/**
 * Goes on in a later turn of the event loop, which an interrupt does not take away as it does an immediate. A port hands out up to a thousand
 * messages in one turn, those that come meanwhile among them: two in turn cannot keep it from ending.
 */
function next(resolve: () => void): void {
  waiting.push(resolve)
  turn = 1 - turn
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  ports[turn]?.postMessage(0)
}
