import { EngineError } from '../errors/index.ts'
import type { Device } from './device.ts'
import { reference } from './devices/reference/device.ts'
import { wasm } from './devices/wasm/device.ts'

/** The devices that are always there, the default first. */
export const devices: readonly Device[] = [wasm, reference]

/** Errors: `EngineError` that lists the names. */
export function deviceNamed(name: string): Device {
  const found = devices.find(device => device.name === name)
  if (found !== undefined) return found
  throw new EngineError({
    code: 'unknown-device',
    what: `there is no device "${name}"`,
    remedy: `one of ${devices.map(device => device.name).join(', ')}`,
  })
}
