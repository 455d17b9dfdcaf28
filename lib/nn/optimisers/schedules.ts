import { UsageError } from '../../errors/index.ts'
import { cos, pow } from '../../numeric/index.ts'
import { requireNumber } from './require-number.ts'

/** The learning rate of an epoch, counted from 0, of so many; made `perStep`, that of a step of so many. Any function of the two is one. */
export type Schedule = (epoch: number, epochs: number) => number

/** A schedule that is asked at each step of the training and not at each epoch. */
export interface StepSchedule {
  readonly perStep: Schedule
}

/**
 * Follows a schedule from step to step over the whole training, as Keras's `LearningRateSchedule` and PyTorch's `OneCycleLR` do:
 * `perStep(warmUp(500, cosineDecay(1e-3)))` rises over 500 steps, `perStep(oneCycle(0.01))` has its cycle in all steps of all epochs. Steps are
 * counted from 0; there are epochs · ⌈rows / batch⌉ of them.
 */
export const perStep = (schedule: Schedule): StepSchedule => ({ perStep: schedule })

/** The same rate throughout. Errors: `UsageError` for a rate that is not above 0, as of all schedules. */
export const constantRate = (rate: number): Schedule => {
  requireRate(rate)
  return () => rate
}

/** `rate`, times `factor` after every `every` epochs. Errors: `UsageError` for a factor or `every` not above 0. */
export function stepDecay(rate: number, { every, factor = 0.1 }: { readonly every: number; readonly factor?: number }): Schedule {
  requireRate(rate)
  requireFall('stepDecay', factor, every)
  return epoch => rate * pow(factor, Math.floor(epoch / every))
}

/**
 * rate · factor^(epoch / every), falling smoothly: with `perStep`, and `every` steps, what Keras calls `ExponentialDecay`. Errors: `UsageError` for a
 * factor or `every` not above 0.
 */
export function exponentialDecay(rate: number, factor: number, { every = 1 }: { readonly every?: number } = {}): Schedule {
  requireRate(rate)
  requireFall('exponentialDecay', factor, every)
  return epoch => rate * pow(factor, epoch / every)
}

/**
 * Rates that hold up to a boundary and with it, each in turn, and a last one (Keras's `PiecewiseConstantDecay`): `piecewise([[0.01, 5], [0.001, 8]],
 * 1e-4)` has 0.01 in epochs 0 to 5, 0.001 in 6 to 8. Errors: `UsageError` for boundaries that do not rise.
 */
export function piecewise(parts: readonly (readonly [rate: number, last: number])[], rest: number): Schedule {
  parts.forEach(([rate]) => requireRate(rate))
  requireRate(rest)
  const ends = parts.map(([, last]) => last)
  if (!ends.every((last, i) => last > (ends[i - 1] ?? -Infinity)))
    throw new UsageError({ code: 'bad-boundaries', what: `boundaries ${ends.join(', ')}`, remedy: 'give them in rising order' })
  return epoch => parts.find(([, last]) => epoch <= last)?.[0] ?? rest
}

/** From `rate` in the first epoch to `least` in the last along half a cosine (Loshchilov and Hutter 2017, equation 5). Errors: `UsageError` for a least below 0. */
export function cosineDecay(rate: number, { least = 0 }: { readonly least?: number } = {}): Schedule {
  requireRate(rate)
  requireNumber('cosineDecay', 'least', least, least >= 0, 'a rate of at least 0')
  return (epoch, epochs) => along(rate, least, epochs <= 1 ? 0 : epoch / (epochs - 1))
}

/**
 * Rises in equal steps over so many epochs to what the other schedule begins with, then follows it over the epochs that are left. Errors: `UsageError`
 * for epochs below 0.
 */
export function warmUp(warm: number, then: Schedule): Schedule {
  requireNumber('warmUp', 'warm', warm, warm >= 0, 'a number of epochs (or steps) of at least 0')
  return (epoch, epochs) =>
    epoch < warm ? (then(0, epochs - warm) * (epoch + 1)) / (warm + 1) : then(epoch - warm, epochs - warm)
}

/**
 * One cycle: from rate / 25 up to `rate` over the first `rise` of the epochs, then down to rate / 250,000, both along half a cosine
 * (Smith and Topin 2018; the numbers and the cosine as PyTorch's OneCycleLR has them). Errors: `UsageError` for a rise outside (0, 1).
 */
export function oneCycle(rate: number, { rise = 0.3 }: { readonly rise?: number } = {}): Schedule {
  requireRate(rate)
  requireNumber('oneCycle', 'rise', rise, rise > 0 && rise < 1, 'the part of the epochs that rises, between 0 and 1')
  const [first, last] = [rate / 25, rate / 250000]
  return (epoch, epochs) => {
    const top = rise * epochs - 1
    return epoch <= top
      ? along(first, rate, top <= 0 ? 1 : epoch / top)
      : along(rate, last, (epoch - top) / Math.max(1, epochs - 1 - top))
  }
}

/** From one value to another along half a cosine. */
function along(from: number, to: number, part: number): number {
  return to + ((from - to) * (1 + cos(Math.PI * part))) / 2
}

function requireFall(schedule: string, factor: number, every: number): void {
  requireNumber(schedule, 'factor', factor, factor > 0, 'a factor above 0')
  requireNumber(schedule, 'every', every, every > 0, 'a number of epochs (or steps) above 0')
}

function requireRate(rate: number): void {
  if (!(rate > 0 && rate < Infinity))
    throw new UsageError({ code: 'bad-rate', what: `a learning rate of ${rate}`, remedy: 'give a number above 0' })
}
