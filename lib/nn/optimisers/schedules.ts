import { UsageError } from '../../errors/index.ts'
import { cos, pow } from '../../numeric/index.ts'

/** The learning rate of an epoch, counted from 0, of so many. */
export type Schedule = (epoch: number, epochs: number) => number

export const constantRate = (rate: number): Schedule => {
  requireRate(rate)
  return () => rate
}

/** `rate`, times `factor` after every `every` epochs. */
export function stepDecay(rate: number, { every, factor = 0.1 }: { readonly every: number; readonly factor?: number }): Schedule {
  requireRate(rate)
  return epoch => rate * pow(factor, Math.floor(epoch / every))
}

/** rate · factor^epoch. */
export function exponentialDecay(rate: number, factor: number): Schedule {
  requireRate(rate)
  return epoch => rate * pow(factor, epoch)
}

/** From `rate` in the first epoch to `least` in the last along half a cosine (Loshchilov and Hutter 2017, equation 5). */
export function cosineDecay(rate: number, { least = 0 }: { readonly least?: number } = {}): Schedule {
  requireRate(rate)
  return (epoch, epochs) => along(rate, least, epochs <= 1 ? 0 : epoch / (epochs - 1))
}

/** Rises in equal steps over so many epochs to what the other schedule begins with, then follows it over the epochs that are left. */
export function warmUp(warm: number, then: Schedule): Schedule {
  return (epoch, epochs) =>
    epoch < warm ? (then(0, epochs - warm) * (epoch + 1)) / (warm + 1) : then(epoch - warm, epochs - warm)
}

/**
 * One cycle: from rate / 25 up to `rate` over the first `rise` of the epochs, then down to rate / 250,000, both along half a cosine
 * (Smith and Topin 2018; the numbers and the cosine as PyTorch's OneCycleLR has them).
 */
export function oneCycle(rate: number, { rise = 0.3 }: { readonly rise?: number } = {}): Schedule {
  requireRate(rate)
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

function requireRate(rate: number): void {
  if (!(rate > 0 && rate < Infinity))
    throw new UsageError({ code: 'bad-rate', what: `a learning rate of ${rate}`, remedy: 'give a number above 0' })
}
