import type { Key, Rows } from '../device.ts'
import type { Program } from '../program/program.ts'
import { loadDevice } from '../registry.ts'
import type { DeviceChoice } from './device-choice.ts'

/** Runs a program once on a device that is asked for. Errors: those of the device. */
export async function runOn(
  choice: Exclude<DeviceChoice, 'auto'>,
  program: Program,
  parameters: Readonly<Record<string, Float32Array>>,
  rows: Rows,
  random?: Key & { readonly step: number },
): Promise<Readonly<Record<string, Float32Array>>> {
  const device = typeof choice === 'string' ? await loadDevice(choice) : choice
  const runner = await device.prepare(program)
  try {
    runner.load(parameters)
    return await runner.run(rows, random)
  } finally {
    runner.dispose()
  }
}
