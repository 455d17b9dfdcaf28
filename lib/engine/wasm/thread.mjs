// One of the threads of a step: an instance of the kernels in the shared memory, which trains when it is told. Plain JavaScript, so that it
// runs before anything is built.
import { parentPort, workerData } from 'node:worker_threads'

const { module, memory, part, parts, control } = workerData
const abort = () => {
  throw new Error('a WebAssembly kernel stopped')
}
const { join, train } = new WebAssembly.Instance(module, { env: { memory, abort } }).exports
join(part, parts, control)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
const say = message => parentPort.postMessage(message)
parentPort.on('message', task => say(train(task)))
say('ready')
