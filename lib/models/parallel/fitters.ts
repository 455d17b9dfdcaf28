import { tellUse, wantsMainThread, type DeviceChoice } from '../../engine/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { Task, FittedModel, FitOptions, Model, SavedModel } from '../model.ts'
import { allModels, restoreModel } from '../registry.ts'
import { carriedTask, type CarriedTask } from './carried-task.ts'
import { WorkerPool } from './worker-pool.ts'

/** What a thread is told to fit. */
export interface FitOrder {
  readonly model: string
  readonly task: CarriedTask
  readonly seed: readonly [number, number]
  /** By its name: a device itself cannot be handed over. */
  readonly device?: Extract<DeviceChoice, string>
  readonly checkpoints?: string
}

/** Fits models, here or in threads of their own. The results are the same bytes. */
export interface Fitters {
  /** How many fits go on at once. */
  readonly size: number
  fit<F extends CoreRow>(model: Model<F>, task: Task<F>, options: FitOptions): Promise<FittedModel<F>>
  close(): Promise<void>
}

/** One fit after another in this thread. */
export const fitHere: Fitters = {
  size: 1,
  fit: async (model, task, options) => await model.fit(task, options),
  close: async () => {},
}

/**
 * Fits in so many worker threads. A fitted model comes back as what it saves and is restored here. What the threads could not do is fitted in this one: a
 * model that the registry does not hold (one with settings of its own), on a device that is no name, or on a graphics card by WebGPU, whose one card all would
 * share. A worker that dies is replaced and its fit made again; the second time it is an `EngineError` (`worker-died`).
 */
export function fitInWorkers(size: number): Fitters {
  const pool = new WorkerPool(threadFile(), size)
  return {
    size,
    fit: async (model, task, options) => {
      const { seed, onProgress, signal, device, checkpoints } = options
      if (!allModels().includes(model as never) || typeof device === 'object') return await model.fit(task, options)
      if (device !== undefined && wantsMainThread(device)) return await model.fit(task, options)
      const order: FitOrder = {
        model: model.name,
        task: carriedTask(task as unknown as Task),
        seed: [seed.key0, seed.key1],
        ...(device === undefined ? {} : { device }),
        ...(checkpoints === undefined ? {} : { checkpoints }),
      }
      const saved = await pool.run<SavedModel>(order, {
        what: `the fit of "${model.name}"`,
        signal,
        ...(onProgress === undefined ? {} : { onProgress }),
      })
      const fitted = restoreModel(saved)
      if (fitted.device !== undefined) tellUse(fitted.device)
      return fitted as never
    },
    close: async () => await pool.close(),
  }
}

/** Threads run what has been built, also when this file itself is run as it was written. */
function threadFile(): URL {
  const here = import.meta.url
  const built = here.endsWith('.ts') ? here.replace(/\/lib\/(models\/parallel\/[^/]+)$/, '/dist/$1') : here
  return new URL('./fit-thread.js', built)
}
