import { syncBuiltinESMExports } from 'node:module'
import timersPromises from 'node:timers/promises'
import { currentRun, withinTimer } from './run.ts'
import type { Run } from './run.ts'

type Handle = NodeJS.Timeout | NodeJS.Immediate

const handles = new WeakMap<Run, Set<Handle>>()
const aborts = new WeakMap<Run, AbortController>()

/** From now on every timer belongs to the execution that set it, so that an interrupt can take it away. */
export function installTimers(): void {
  globalThis.setTimeout = tracked(setTimeout, true)
  globalThis.setInterval = tracked(setInterval, false)
  globalThis.setImmediate = tracked(setImmediate, true)
  const sleep = timersPromises.setTimeout
  timersPromises.setTimeout = async (delay, value, options) =>
    sleep(delay, value, { ...options, signal: signalFor(options?.signal) as AbortSignal })
  syncBuiltinESMExports()
}

/** Takes away what an execution is waiting for. */
export function cancelTimers(run: Run): void {
  for (const handle of handles.get(run) ?? []) {
    clearTimeout(handle as NodeJS.Timeout)
    clearImmediate(handle as NodeJS.Immediate)
  }
  handles.delete(run)
  aborts.get(run)?.abort()
}

function tracked<F extends object>(original: F, once: boolean): F {
  const set = (callback: (...args: unknown[]) => void, ...rest: unknown[]): Handle => {
    const run = currentRun()
    if (run === undefined || typeof callback !== 'function')
      return (original as unknown as (...args: unknown[]) => Handle)(callback, ...rest)
    const owned = handles.get(run) ?? new Set<Handle>()
    handles.set(run, owned)
    const handle = (original as unknown as (...args: unknown[]) => Handle)(
      (...args: unknown[]) => {
        if (once) owned.delete(handle)
        withinTimer(run, () => callback(...args))
      },
      ...rest,
    )
    owned.add(handle)
    return handle
  }
  return Object.defineProperties(set, Object.getOwnPropertyDescriptors(original)) as unknown as F
}

function signalFor(given: AbortSignal | undefined): AbortSignal | undefined {
  const run = currentRun()
  if (run === undefined) return given
  const abort = aborts.get(run) ?? new AbortController()
  aborts.set(run, abort)
  return given === undefined ? abort.signal : AbortSignal.any([given, abort.signal])
}
