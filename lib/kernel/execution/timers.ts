import { AsyncResource } from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'
import timersPromises from 'node:timers/promises'
import timersModule from 'node:timers'
import { promisify } from 'node:util'
import { currentRun } from './run.ts'
import type { Run } from './run.ts'
import { nextTurn } from './turn.ts'

type Callback = (...args: unknown[]) => void
interface Handle {
  [Symbol.dispose](): void
}

const handles = new WeakMap<Run, Set<Handle>>()
const intervals = new Set<NodeJS.Timeout>()
const aborts = new WeakMap<Run, AbortController>()

/** From now on every timer belongs to the execution that set it, so that an interrupt can take it away. */
export function installTimers(): void {
  globalThis.setTimeout = tracked(setTimeout, true, clearTimeout)
  globalThis.setInterval = tracked(setInterval, false, handle => {
    intervals.delete(handle)
    clearInterval(handle)
  })
  forgetIntervals()
  installImmediates()
  const { setTimeout: sleep, setImmediate: yieldOnce, setInterval: tick, scheduler } = timersPromises
  const wait: typeof sleep = async (delay, value, options) => sleep(delay, value, { ...options, ...signalFor(options?.signal) })
  timersPromises.setTimeout = wait
  timersPromises.setImmediate = async (value, options) => yieldOnce(value, { ...options, ...signalFor(options?.signal) })
  timersPromises.setInterval = (delay, value, options) => tick(delay, value, { ...options, ...signalFor(options?.signal) })
  scheduler.wait = async (delay, options) => wait(delay, undefined, options)
  Object.defineProperty(globalThis.setTimeout, promisify.custom, { value: timersPromises.setTimeout })
  Object.defineProperty(globalThis.setImmediate, promisify.custom, { value: timersPromises.setImmediate })
  const { setTimeout: timeout, setInterval: interval, setImmediate: immediate, clearImmediate: clear } = globalThis
  const { clearTimeout: endTimeout, clearInterval: endInterval } = globalThis
  Object.assign(timersModule, { setTimeout: timeout, setInterval: interval, setImmediate: immediate, clearImmediate: clear })
  Object.assign(timersModule, { clearTimeout: endTimeout, clearInterval: endInterval })
  syncBuiltinESMExports()
}

/** How many intervals of cells there are: they tick until somebody ends them. */
export function ticking(): number {
  return intervals.size
}

/** Takes away what an execution is waiting for. */
export function cancelTimers(run: Run): void {
  for (const handle of handles.get(run) ?? []) handle[Symbol.dispose]()
  handles.delete(run)
  aborts.get(run)?.abort()
}

function own(run: Run, handle: Handle): () => void {
  const owned = handles.get(run) ?? new Set<Handle>()
  handles.set(run, owned)
  owned.add(handle)
  return () => owned.delete(handle)
}

function tracked<F extends object>(original: F, once: boolean, clear: (handle: NodeJS.Timeout) => void): F {
  const start = original as unknown as (callback: Callback, ...rest: unknown[]) => NodeJS.Timeout
  const set = (callback: Callback, ...rest: unknown[]): NodeJS.Timeout => {
    const run = currentRun()
    if (run === undefined || typeof callback !== 'function') return start(callback, ...rest)
    const handle = start(
      (...args) => {
        if (once) disown()
        callback(...args)
      },
      ...rest,
    )
    const disown = own(run, { [Symbol.dispose]: () => clear(handle) })
    if (!once) intervals.add(handle)
    return handle
  }
  return likeOriginal(set, original)
}

function forgetIntervals(): void {
  for (const name of ['clearInterval', 'clearTimeout'] as const) {
    const clear = globalThis[name]
    const forget = (handle?: Parameters<typeof clear>[0]): void => {
      for (const each of intervals) if (each === handle || each[Symbol.toPrimitive]() === Number(handle)) intervals.delete(each)
      clear(handle)
    }
    globalThis[name] = likeOriginal(forget, clear)
  }
}

/** An immediate that has a turn to itself: see `nextTurn`. */
class TurnOfItsOwn {
  #call: (() => void) | undefined
  readonly #resource = new AsyncResource('Immediate')

  constructor(callback: Callback, args: readonly unknown[]) {
    this.#call = () => this.#resource.runInAsyncScope(callback, undefined, ...args)
    nextTurn(() => {
      const call = this.#call
      this.#call = undefined
      call?.()
    })
  }

  clear(): void {
    this.#call = undefined
  }

  hasRef(): boolean {
    return true
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  [Symbol.dispose](): void {
    this.clear()
  }
}

function installImmediates(): void {
  const clear = clearImmediate
  const set = (callback: Callback, ...args: unknown[]): TurnOfItsOwn => {
    if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.')
    const run = currentRun()
    const handle: TurnOfItsOwn = new TurnOfItsOwn((...given) => {
      disown?.()
      callback(...given)
    }, args)
    const disown = run === undefined ? undefined : own(run, handle)
    return handle
  }
  globalThis.setImmediate = likeOriginal(set, setImmediate)
  globalThis.clearImmediate = handle => {
    if ((handle as unknown) instanceof TurnOfItsOwn) (handle as unknown as TurnOfItsOwn).clear()
    else clear(handle)
  }
}

/** With the original's name and length; its form as a promise is another's to give. */
function likeOriginal<F extends object>(set: object, original: F): F {
  const { [promisify.custom]: _, ...descriptors } = Object.getOwnPropertyDescriptors(original) as PropertyDescriptorMap
  return Object.defineProperties(set, descriptors) as F
}

function signalFor(given: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  const run = currentRun()
  if (run === undefined) return given === undefined ? {} : { signal: given }
  const abort = aborts.get(run) ?? new AbortController()
  aborts.set(run, abort)
  return { signal: given === undefined ? abort.signal : AbortSignal.any([given, abort.signal]) }
}
