import { Worker } from 'node:worker_threads'
import { joinFloats } from '../../../numeric/index.ts'
import { drawsAt } from '../rows.ts'
import type { Order } from './compute.ts'
import type { RunOrder, RunThreadData } from './run-thread.ts'

/** A part of memory as it is now. */
export interface Image {
  readonly at: number
  readonly bytes: Uint8Array
}

/** Pieces of a run for each thread. */
const PIECES = 8

/** Threads that compute the outputs of many batches, each in a memory of its own. They hold no process open unless they compute. */
export class RunTeam {
  private readonly workers: readonly Worker[]
  /** What lies in memory, for those that have not been told yet. */
  private readonly images = new Map<Worker, Image>()
  private over: Error | undefined
  /** One run after another: a thread answers in turn. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(data: RunThreadData, threads: number) {
    this.workers = Array.from({ length: threads }, () => new Worker(threadFile(), { execArgv: [], workerData: data }))
    for (const worker of this.workers) {
      worker.unref()
      worker.on('error', cause => (this.over ??= cause))
      worker.on('exit', code => (this.over ??= new Error(`a thread exited with code ${code}`)))
    }
  }

  /**
   * What `computeRows` answers, shared out in pieces of whole batches.
   * @param image what lies in memory, where it has changed since the last time
   * Errors: that of a thread which dies.
   */
  async run(order: Order, batch: number, image: Image | undefined): Promise<readonly Float32Array[]> {
    const results = this.last.then(async () => await this.shared(order, batch, image))
    this.last = results.catch(() => undefined)
    return await results
  }

  /** Ends all threads. */
  dispose(): void {
    for (const worker of this.workers) void worker.terminate()
  }

  private async shared(
    { rows, values, random }: Order,
    batch: number,
    image: Image | undefined,
  ): Promise<readonly Float32Array[]> {
    if (image !== undefined) for (const worker of this.workers) this.images.set(worker, image)
    const piece = Math.ceil(Math.ceil(rows / batch) / (PIECES * this.workers.length)) * batch
    const parts: (readonly Float32Array[])[] = []
    let next = 0
    // each takes the next piece when it is done with one: a thread that is held up holds no other up
    const work = async (worker: Worker): Promise<void> => {
      for (let start = next++ * piece; start < rows; start = next++ * piece) {
        const end = Math.min(rows, start + piece)
        const own = values.map(each => each.slice((start * each.length) / rows, (end * each.length) / rows))
        const fresh = this.images.get(worker)
        this.images.delete(worker)
        const order = { rows: end - start, values: own, random: drawsAt(random, start, batch), ...(fresh && { image: fresh }) }
        parts[start / piece] = await this.ask(
          worker,
          order,
          own.map(({ buffer }) => buffer),
        )
      }
    }
    await Promise.all(this.workers.map(work))
    return (parts[0] as readonly Float32Array[]).map((_, i) => joinFloats(parts.map(part => part[i] as Float32Array)))
  }

  private async ask(worker: Worker, order: RunOrder, moved: readonly ArrayBuffer[]): Promise<readonly Float32Array[]> {
    worker.ref()
    try {
      return await new Promise((resolve, reject) => {
        const settle = (): void => {
          worker.off('message', answer)
          worker.off('error', fail)
          worker.off('exit', gone)
        }
        const answer = (results: readonly Float32Array[]): void => {
          settle()
          resolve(results)
        }
        const fail = (cause: Error): void => {
          settle()
          reject(cause)
        }
        const gone = (code: number): void => fail(new Error(`a thread exited with code ${code}`))
        worker.on('message', answer)
        worker.on('error', fail)
        worker.on('exit', gone)
        if (this.over !== undefined) fail(this.over)
        else worker.postMessage(order, [...moved])
      })
    } finally {
      worker.unref()
    }
  }
}

/** Threads run what has been built, also when this file itself is run as it was written. */
function threadFile(): URL {
  const here = import.meta.url
  const built = here.endsWith('.ts') ? here.replace(/\/lib\/(engine\/devices\/wasm\/[^/]+)$/, '/dist/$1') : here
  return new URL('./run-thread.js', built)
}
