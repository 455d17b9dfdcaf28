import type { Device } from '../device.ts'
import type { DeviceName } from '../registry.ts'

/** What training may be asked to run on: a device, its name, or `auto`, which measures what works here and takes the fastest. */
export type DeviceChoice = Device | DeviceName | 'auto'

/** The device that a training ran on, as a report tells it. */
export interface DeviceUse {
  /** `wasm`, `tensorflow:native`, `webgpu`. */
  readonly name: string
  /** What it ran on, for people: the version of a library, the name of a card. */
  readonly about?: string
  /**
   * The largest difference from `wasm`, relative to the larger of 1 and the value, of the loss and of every gradient of this very program at its
   * first batch; absent on `wasm` itself, and where `wasm` cannot hold the program.
   */
  readonly difference?: number
  /** What `auto` chose and why; absent where the device was named. */
  readonly choice?: string
}

/** In one line, for tables and reports. */
export function describeUse({ name, about, difference, choice }: DeviceUse): string {
  const what = about === undefined ? name : `${name} (${about})`
  const apart = difference === undefined ? '' : `, within ${difference.toExponential(1)} of wasm at the first batch`
  return `${what}${apart}${choice === undefined ? '' : `; ${choice}`}`
}

/** Several trainings of one model as one use: every device by its name, and the largest difference. */
export function joinUses(uses: readonly DeviceUse[]): DeviceUse | undefined {
  const [first] = uses
  if (first === undefined) return undefined
  const each = (of: (use: DeviceUse) => string | undefined): string =>
    [...new Set(uses.flatMap(use => of(use) ?? []))].join(' and ')
  const differences = uses.flatMap(({ difference }) => difference ?? [])
  const [about, choice] = [each(use => use.about), each(use => use.choice)]
  return {
    name: each(use => use.name),
    ...(about === '' ? {} : { about }),
    ...(differences.length === 0 ? {} : { difference: Math.max(...differences) }),
    ...(choice === '' ? {} : { choice }),
  }
}
