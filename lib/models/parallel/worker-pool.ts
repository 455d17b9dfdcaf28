import { Worker } from 'node:worker_threads'
import { EngineError } from '../../errors/index.ts'
import { revived, type CarriedError } from './carried-error.ts'

/** What a thread says of its one task at a time. */
export type Answer =
  | { readonly kind: 'progress'; readonly done: number; readonly text: string }
  | { readonly kind: 'done'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly error: CarriedError }

interface Job {
  readonly input: unknown
  readonly what: string
  readonly onProgress: (done: number, text: string) => void
  readonly resolve: (output: never) => void
  readonly reject: (error: unknown) => void
  deaths: number
}

/** How often a task is begun before a dying worker is taken for its fault. */
const ATTEMPTS = 2

/**
 * Threads that each do one task at a time, handed out in order. A task knows nothing of the others, so results do not depend on how many threads
 * there are. A thread that dies is replaced and its task run again; when that dies too, the task fails with an `EngineError` (`worker-died`).
 */
export class WorkerPool {
  readonly size: number
  private readonly script: URL
  private readonly idle: Worker[] = []
  private readonly busy = new Map<Worker, Job>()
  private readonly waiting: Job[] = []
  private closed = false

  /** @param script what the threads run; it answers each message with `Answer`s */
  constructor(script: URL, size: number) {
    this.script = script
    this.size = size
  }

  /** The output of one task. Errors: those of the task; `EngineError` for a worker that died. */
  async run<Output>(
    input: unknown,
    {
      what,
      onProgress = () => {},
      signal,
    }: { readonly what: string; readonly onProgress?: Job['onProgress']; readonly signal?: AbortSignal | undefined },
  ): Promise<Output> {
    signal?.throwIfAborted()
    const over = new AbortController()
    try {
      return await new Promise<Output>((resolve, reject) => {
        const job: Job = { input, what, onProgress, resolve, reject, deaths: 0 }
        signal?.addEventListener('abort', () => this.abandon(job, signal.reason), { once: true, signal: over.signal })
        this.waiting.push(job)
        this.next()
      })
    } finally {
      over.abort()
    }
  }

  /** Ends all threads; what is not done fails. */
  async close(): Promise<void> {
    this.closed = true
    const workers = [...this.idle, ...this.busy.keys()]
    const left = [...this.waiting, ...this.busy.values()]
    this.idle.length = this.waiting.length = 0
    this.busy.clear()
    left.forEach(job =>
      job.reject(
        new EngineError({
          code: 'pool-closed',
          what: `${job.what} was not done: the workers were sent home`,
          remedy: 'wait for it before closing',
        }),
      ),
    )
    await Promise.all(workers.map(worker => worker.terminate()))
  }

  private next(): void {
    while (this.waiting.length > 0 && !this.closed && (this.idle.length > 0 || this.busy.size < this.size)) {
      const worker = this.idle.pop() ?? this.hire()
      const job = this.waiting.shift() as Job
      this.busy.set(worker, job)
      worker.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
      worker.postMessage(job.input)
    }
  }

  private hire(): Worker {
    // one thread a task: the cores are taken by the others
    const worker = new Worker(this.script, { execArgv: [], env: { ...process.env, CLVLAB_THREADS: '1' } })
    worker.on('message', (answer: Answer) => this.hear(worker, answer))
    worker.on('error', cause => this.bury(worker, cause))
    worker.on('exit', code => this.bury(worker, new Error(`it exited with code ${code}`)))
    return worker
  }

  private hear(worker: Worker, answer: Answer): void {
    const job = this.busy.get(worker)
    if (job === undefined) return
    if (answer.kind === 'progress') {
      job.onProgress(answer.done, answer.text)
      return
    }
    this.busy.delete(worker)
    worker.unref()
    this.idle.push(worker)
    if (answer.kind === 'done') job.resolve(answer.output as never)
    else job.reject(revived(answer.error))
    this.next()
  }

  private bury(worker: Worker, cause: Error): void {
    const job = this.busy.get(worker)
    this.busy.delete(worker)
    const place = this.idle.indexOf(worker)
    if (place >= 0) this.idle.splice(place, 1)
    if (job !== undefined) {
      job.deaths++
      if (job.deaths < ATTEMPTS) this.waiting.unshift(job)
      else
        job.reject(
          new EngineError({
            code: 'worker-died',
            what: `the worker died ${job.deaths} times at ${job.what}: ${cause.message}`,
            where: job.what,
            remedy: 'use fewer workers, for each needs memory of its own',
            cause,
          }),
        )
    }
    this.next()
  }

  private abandon(job: Job, reason: unknown): void {
    const place = this.waiting.indexOf(job)
    if (place >= 0) this.waiting.splice(place, 1)
    for (const [worker, own] of this.busy) {
      if (own !== job) continue
      this.busy.delete(worker)
      void worker.terminate()
    }
    job.reject(reason)
    this.next()
  }
}
