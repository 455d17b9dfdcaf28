import { instantiateShared, type Instance } from '../../../../lib/engine/devices/wasm/module.ts'
import { WasmRunner, type RunnerOptions } from '../../../../lib/engine/devices/wasm/runner.ts'
import { Pace, type Device, type Program } from '../../../../lib/engine/index.ts'

/** A clock on which every look is a second later: bouts are of so many steps, and there is a rest after each. */
export function everySteps(steps: number): Pace {
  let now = 0
  return new Pace(steps, () => (now += 1000))
}

export async function cutRunner(program: Program, steps: number, options: RunnerOptions = {}): Promise<WasmRunner> {
  return new WasmRunner(program, (await instantiateShared()) as Instance, { always: true, pace: everySteps(steps), ...options })
}

/** The `wasm` device, every pass of which is cut into bouts of so many steps. */
export const cutEvery = (steps: number): Device => ({
  name: 'wasm',
  exact: true,
  tolerance: 2e-5,
  prepare: async program => await cutRunner(program, steps),
})
