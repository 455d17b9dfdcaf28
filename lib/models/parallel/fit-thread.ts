import { parentPort } from 'node:worker_threads'
import { Seed } from '../../numeric/index.ts'
import { modelNamed } from '../registry.ts'
import { carried } from './carried-error.ts'
import { taskFrom } from './carried-task.ts'
import type { FitOrder } from './fitters.ts'
import type { Answer } from './worker-pool.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
const say = (answer: Answer): void => parentPort?.postMessage(answer)

/** Fits one model after another, as it is told. */
parentPort?.on('message', ({ model, task, seed, device, checkpoints }: FitOrder) => {
  modelNamed(model)
    .fit(taskFrom(task), {
      seed: Seed.at(seed),
      onProgress: (done, text) => say({ kind: 'progress', done, text }),
      ...(device === undefined ? {} : { device }),
      ...(checkpoints === undefined ? {} : { checkpoints }),
    })
    .then(
      fitted => say({ kind: 'done', output: fitted.save() }),
      error => say({ kind: 'failed', error: carried(error) }),
    )
})
