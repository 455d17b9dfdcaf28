import { EngineError, type ClvError } from '../../errors/index.ts'
import type { Device } from '../device.ts'
import { wasm } from '../devices/wasm/device.ts'
import { loadDevice, type DeviceName } from '../registry.ts'
import { ranked } from './auto.ts'
import type { DeviceChoice, DeviceUse } from './device-choice.ts'
import { differenceFromWasm, type Job } from './difference.ts'
import { tellUse } from './uses.ts'

/** What is told of a training's device while it goes on. */
export interface OnDeviceOptions {
  /** Hears in one line what `auto` chose, and where it goes on when a device fails; stderr unless given. */
  readonly onNote?: (line: string) => void
  /** Where the training stands when its device fails, for the error: the last checkpoint's path. */
  readonly standing?: () => string
}

/** Codes of what is the device's fault: another one may do better. */
const FAULTS = new Set(['device-failed', 'no-backend', 'out-of-memory', 'no-tensorflow', 'no-webgpu', 'no-kernels'])

const isFault = (error: unknown): error is EngineError => error instanceof EngineError && FAULTS.has(error.code)

/**
 * Does the work of a training on the device that is asked for, and tells which it was and how far it is from `wasm` on this very program. With `auto` the
 * work is begun again on the next device when one fails: it must take up from what it kept. Errors: those of the work; `EngineError`
 * `device-failed` where a device gives up, with where the training stands.
 */
export async function onDevice<T>(
  choice: DeviceChoice,
  job: Job,
  work: (device: Device) => Promise<T>,
  { onNote = tell, standing = () => '' }: OnDeviceOptions = {},
): Promise<{ readonly result: T; readonly use: DeviceUse }> {
  if (choice !== 'auto') {
    const device = typeof choice === 'string' ? await loadDevice(choice) : choice
    try {
      const use = await useOf(device, job)
      return { result: await work(device), use: told(use) }
    } catch (error) {
      throw isFault(error) ? standingAt(error, standing()) : error
    }
  }
  const { devices, line, choice: chosen } = await ranked(job)
  onNote(line)
  const failed: string[] = []
  for (const [i, name] of devices.entries()) {
    try {
      const device = await loadDevice(name)
      const use = await useOf(device, job)
      return { result: await work(device), use: told({ ...use, choice: [chosen, ...failed].join('; ') }) }
    } catch (error) {
      const next = devices[i + 1]
      if (!isFault(error)) throw error
      if (next === undefined) throw standingAt(error, standing())
      failed.push(fallen(name, next, error, standing()))
      onNote(failed.at(-1) as string)
    }
  }
  throw new EngineError({ code: 'no-device', what: 'there is no device to train on', remedy: 'use the wasm device' })
}

/** The default that nobody asked for is not worth telling. */
function told(use: DeviceUse): DeviceUse {
  if (use.name !== wasm.name || use.choice !== undefined) tellUse(use)
  return use
}

async function useOf(device: Device, job: Job): Promise<DeviceUse> {
  const difference = device === wasm ? undefined : await differenceFromWasm(device, job)
  return {
    name: device.name,
    ...(device.about === undefined ? {} : { about: device.about }),
    ...(difference === undefined ? {} : { difference }),
  }
}

function fallen(name: DeviceName, next: DeviceName, error: ClvError, standing: string): string {
  return `${name} failed (${error.what}); going on with ${next}${standing === '' ? '' : ` from ${standing}`}`
}

function standingAt(error: EngineError, standing: string): EngineError {
  if (standing === '') return error
  const { code, what, where, remedy = 'choose another device', cause } = error
  const kept = standing.startsWith('the last checkpoint')
  return new EngineError({
    code,
    what,
    where: where === undefined ? standing : `${where}; ${standing}`,
    remedy: kept
      ? `${remedy}; training goes on from ${standing}, on any device, when it is begun again with the same checkpoint`
      : remedy,
    cause,
  })
}

const noted = new Set<string>()

/** Each line once a process: seeds and folds train the same network many times. */
function tell(line: string): void {
  if (noted.has(line)) return
  noted.add(line)
  process.stderr.write(`${line}\n`)
}
