import { getEventListeners } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { EngineError, FitError } from '../../../lib/errors/index.ts'
import { WorkerPool } from '../../../lib/models/parallel/index.ts'
import { scratch } from '../../data/files.ts'

const { folder, write } = scratch()

/** Squares a number; at others does as it is told. `fall` counts its lives in a file, one letter each. */
const script = pathToFileURL(
  write(
    'thread.mjs',
    `
import { appendFileSync, readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
parentPort.on('message', task => {
  if (task.fall) {
    appendFileSync(task.fall, 'x')
    if (readFileSync(task.fall, 'utf8').length <= task.lives) process.exit(7)
  }
  if (task.throws) throw new Error('out of the blue')
  if (task.waits) return
  if (task.fails) return parentPort.postMessage({ kind: 'failed', error: { name: 'FitError', message: 'x', parts: { code: 'too-few', what: 'two are too few', remedy: 'give three' } } })
  parentPort.postMessage({ kind: 'progress', done: 0.5, text: 'half' })
  parentPort.postMessage({ kind: 'done', output: task.n * task.n })
})`,
  ),
)

it('leaves no listener behind on a signal', async () => {
  await within(1, async pool => {
    const { signal } = new AbortController()
    const run = (task: object): Promise<unknown> => pool.run(task, { what: 'a square', signal })
    await Promise.allSettled([run({ n: 2 }), run({ fails: true })])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

async function within<T>(size: number, work: (pool: WorkerPool) => Promise<T>): Promise<T> {
  const pool = new WorkerPool(script, size)
  try {
    return await work(pool)
  } finally {
    await pool.close()
  }
}

const numbers = Array.from({ length: 12 }, (_, n) => n)

describe('a pool of workers', () => {
  it.each([1, 2, 5])('gives the same results in the same order with %i threads', async size => {
    const results = await within(size, pool => Promise.all(numbers.map(n => pool.run<number>({ n }, { what: `task ${n}` }))))
    expect(results).toEqual(numbers.map(n => n * n))
  })

  it('runs the task of a worker that died again, on another', async () => {
    const fall = path.join(folder, 'once')
    const results = await within(2, pool =>
      Promise.all(numbers.map(n => pool.run<number>(n === 3 ? { n, fall, lives: 1 } : { n }, { what: `task ${n}` }))),
    )
    expect(results).toEqual(numbers.map(n => n * n))
    expect(fs.readFileSync(fall, 'utf8')).toBe('xx')
  })

  it('names the task at which a worker dies again, and does the others', async () => {
    const fall = path.join(folder, 'always')
    await within(2, async pool => {
      const [bad, ...good] = [
        pool.run({ n: 1, fall, lives: 99 }, { what: 'the third fit' }),
        ...numbers.map(n => pool.run<number>({ n }, { what: `task ${n}` })),
      ]
      await expect(bad).rejects.toThrow(EngineError)
      await expect(bad).rejects.toMatchObject({
        code: 'worker-died',
        where: 'the third fit',
        what: expect.stringContaining('exited with code 7') as string,
      })
      expect(await Promise.all(good)).toEqual(numbers.map(n => n * n))
    })
    expect(fs.readFileSync(fall, 'utf8')).toBe('xx')
  })

  it('takes an error that nobody caught for a death', async () => {
    await within(1, async pool => {
      await expect(pool.run({ throws: true }, { what: 'a fit' })).rejects.toThrow(/out of the blue/)
      expect(await pool.run({ n: 3 }, { what: 'the next' })).toBe(9)
    })
  })

  it('brings an error of the task back in its class', async () => {
    await within(1, async pool => {
      const failed = pool.run({ fails: true }, { what: 'a fit' })
      await expect(failed).rejects.toThrow(FitError)
      await expect(failed).rejects.toMatchObject({ code: 'too-few', remedy: 'give three' })
    })
  })

  it('tells progress, and leaves a task that is cancelled', async () => {
    await within(1, async pool => {
      const heard: unknown[] = []
      await pool.run({ n: 2 }, { what: 'a fit', onProgress: (done, text) => heard.push([done, text]) })
      expect(heard).toEqual([[0.5, 'half']])
      const controller = new AbortController()
      const waits = pool.run({ waits: true }, { what: 'a long fit', signal: controller.signal })
      const after = pool.run({ n: 4 }, { what: 'the next' })
      controller.abort(new Error('enough'))
      await expect(waits).rejects.toThrow('enough')
      expect(await after).toBe(16)
    })
  })

  it('fails what is not done when it is closed', async () => {
    const pool = new WorkerPool(script, 1)
    const [first, second] = [pool.run({ waits: true }, { what: 'a fit' }), pool.run({ n: 1 }, { what: 'another' })]
    const both = Promise.allSettled([first, second])
    await pool.close()
    expect((await both).map(each => each.status)).toEqual(['rejected', 'rejected'])
  })
})
