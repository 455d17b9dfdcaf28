import { Worker } from 'node:worker_threads'
import { EngineError } from '../../../errors/index.ts'
import { callOff, clear } from './control.ts'
import { threadFile, type Instance } from './module.ts'

/** What all members of a team are handed. */
export interface TeamOptions {
  readonly instance: Instance
  /** Where they meet. */
  readonly control: number
  readonly threads: number
}

/**
 * Threads that run each step together. They hold no process open unless they train. Nothing here knows who uses the team, so that one that is
 * forgotten can be found and sent home.
 */
export class Team {
  private readonly workers: readonly Worker[]
  private readonly memory: ArrayBufferLike
  private readonly control: number
  private waiting:
    | { left: number; failed: number; resolve: (failed: number) => void; reject: (error: unknown) => void }
    | undefined
  private over: EngineError | undefined

  /** Errors: `EngineError` when a thread does not start; none is left behind. */
  static async start({ instance, control, threads }: TeamOptions): Promise<Team> {
    clear(instance.memory.buffer, control, threads)
    const { module, memory } = instance
    const workers: Worker[] = []
    try {
      for (let part = 0; part < threads; part++)
        workers.push(new Worker(threadFile(), { execArgv: [], workerData: { module, memory, part, parts: threads, control } }))
      const team = new Team(workers, memory.buffer, control)
      // the first answer of each says that it is there
      await team.answers()
      return team
    } catch (cause) {
      workers.forEach(worker => void worker.terminate())
      throw cause instanceof EngineError ? cause : died(cause)
    }
  }

  private constructor(workers: readonly Worker[], memory: ArrayBufferLike, control: number) {
    this.workers = workers
    this.memory = memory
    this.control = control
    for (const worker of workers) {
      worker.unref()
      worker.on('message', (failed: number | 'ready') => this.hear(failed === 'ready' ? 0 : failed))
      worker.on('error', cause => this.fail(died(cause)))
      worker.on('exit', code => this.fail(died(new Error(`it exited with code ${code}`))))
    }
  }

  /** Trains as `Kernels.train` does. Errors: `EngineError` (`thread-died`). */
  async train(task: number): Promise<number> {
    const done = this.answers()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    this.workers.forEach(worker => worker.postMessage(task))
    return await done
  }

  /** Ends all threads; a training that goes on fails. */
  dispose(): void {
    this.fail(
      new EngineError({
        code: 'disposed',
        what: 'the training was given up while it ran',
        remedy: 'wait for it before `dispose`',
      }),
    )
  }

  private async answers(): Promise<number> {
    if (this.over !== undefined) throw this.over
    this.workers.forEach(worker => worker.ref())
    return await new Promise((resolve, reject) => {
      this.waiting = { left: this.workers.length, failed: 0, resolve, reject }
    })
  }

  private hear(failed: number): void {
    const { waiting } = this
    if (waiting === undefined) return
    waiting.failed = failed
    if (--waiting.left > 0) return
    this.waiting = undefined
    this.workers.forEach(worker => worker.unref())
    waiting.resolve(waiting.failed)
  }

  private fail(error: EngineError): void {
    if (this.over !== undefined) return
    this.over = error
    callOff(this.memory, this.control)
    this.workers.forEach(worker => void worker.terminate())
    this.waiting?.reject(error)
    this.waiting = undefined
  }
}

function died(cause: unknown): EngineError {
  return new EngineError({
    code: 'thread-died',
    what: `a thread of the training died: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'train with one thread (`threads: 1`, or CLVLAB_THREADS=1 in the environment)',
    cause,
  })
}
