import type { Rate } from '../../engine/index.ts'
import { UsageError } from '../../errors/index.ts'
import type { Schedule, StepSchedule } from '../optimisers/schedules.ts'
import type { EpochRecord } from './options.ts'

/**
 * The learning rates of an epoch as a schedule has them, of so many epochs of so many steps each: one, or one for each step. Errors: `UsageError`
 * for a rate below 0 or not finite.
 */
export function ratesOf(schedule: Schedule | StepSchedule, epoch: number, epochs: number, steps: number): Rate {
  if (typeof schedule === 'function') return checked(schedule(epoch, epochs), `epoch ${epoch + 1}`)
  const [first, all] = [epoch * steps, epochs * steps]
  return Float64Array.from({ length: steps }, (_, i) =>
    checked(schedule.perStep(first + i, all), `step ${first + i + 1} (epoch ${epoch + 1})`),
  )
}

/** What is told of the rates of an epoch, or of so many of its steps. */
export function toldOf(rate: Rate, steps?: number): Pick<EpochRecord, 'rate' | 'firstRate'> {
  if (typeof rate === 'number') return { rate }
  return { rate: rate.at(steps === undefined ? -1 : Math.max(0, steps - 1)) as number, firstRate: rate[0] as number }
}

function checked(rate: number, where: string): number {
  if (rate >= 0 && rate < Infinity) return rate
  throw new UsageError({
    code: 'bad-rate',
    what: `the schedule answers a learning rate of ${rate}`,
    where,
    remedy: 'let it answer a number of 0 or more',
  })
}
