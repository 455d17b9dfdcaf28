import { ClvError } from '../../errors/index.ts'
import { loadDevice, type DeviceName } from '../registry.ts'
import type { Job } from './difference.ts'
import { timeStep } from './time-step.ts'

/** What a process for one trial is told. */
export interface TrialOrder {
  readonly device: DeviceName
  readonly job: Job
}

export type TrialAnswer =
  | {
      readonly milliseconds: number
      /** See `Device.about`. */
      readonly about?: string
    }
  | { readonly why: string }

/** Times one device in a process of its own: what breaks in it breaks nothing else. */
process.once('message', ({ device, job }: TrialOrder) => {
  void trial(device, job).then(answer => process.send?.(answer, undefined, undefined, () => process.exit(0)))
})

async function trial(name: DeviceName, job: Job): Promise<TrialAnswer> {
  try {
    const device = await loadDevice(name)
    const { about } = device
    return { milliseconds: await timeStep(device, job), ...(about === undefined ? {} : { about }) }
  } catch (error) {
    return { why: error instanceof ClvError ? error.what : String(error) }
  }
}
