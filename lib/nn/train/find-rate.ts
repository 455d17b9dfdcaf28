import { Pace, wasm, type Device, type UpdateRule } from '../../engine/index.ts'
import { EngineError, UsageError } from '../../errors/index.ts'
import { pow, type Seed } from '../../numeric/index.ts'
import type { Network } from '../network.ts'
import { adam } from '../optimisers/rules.ts'
import type { Examples } from './options.ts'

export interface FindRateOptions {
  readonly seed: Seed
  readonly batch?: number
  readonly optimiser?: UpdateRule
  /** First and last rate tried; default 1e-6 and 1. */
  readonly from?: number
  readonly to?: number
  /** Steps between them, each rate the same multiple of the one before; default 100. */
  readonly steps?: number
  readonly device?: Device
  /** Ends the search between two steps; what was found so far is given back. */
  readonly signal?: AbortSignal
}

export interface RateSearch {
  readonly rates: readonly number[]
  /** Of each step's batch before its update, as they came. */
  readonly losses: readonly number[]
  /** The same, smoothed. */
  readonly smoothed: readonly number[]
  /** Where the smoothed loss falls fastest; undefined when it never falls. */
  readonly suggestion: number | undefined
}

/** What a smoothed loss keeps of the ones before. */
const KEEP = 0.9
/** The search ends where the smoothed loss is so many times its least. */
const BURST = 4

/**
 * Looks for a learning rate (Smith 2017, section 3.3): steps of training from fresh weights, each with a larger rate than the one before, until
 * the loss bursts or is no number. Trains nothing that is kept. Errors: `UsageError` for rates that do not rise, no rows, or fewer than 2 steps.
 */
export async function findRate(
  network: Network,
  { rows, x, y, weight }: Examples,
  options: FindRateOptions,
): Promise<RateSearch> {
  const { seed, batch = 32, optimiser = adam(), from = 1e-6, to = 1, steps = 100, device = wasm, signal } = options
  if (!(from > 0 && to > from && steps >= 2 && rows >= 1)) {
    throw new UsageError({
      code: 'bad-search',
      what: `a search of ${steps} steps from ${from} to ${to} over ${rows} rows`,
      remedy: 'give rows, 2 or more steps, and rates above 0 that rise',
    })
  }
  const runner = await device.prepare(network.training(batch, optimiser, { weighted: weight !== undefined }))
  const [rates, losses, smoothed]: [number[], number[], number[]] = [[], [], []]
  try {
    runner.load(network.start(seed.child('start')))
    const random = seed.child('rows').random()
    const pace = new Pace()
    pace.start()
    let [order, next, running, least]: [Uint32Array, number, number, number] = [random.permutation(rows), 0, 0, Infinity]
    for (let step = 0; step < steps; step++) {
      if (next + batch > rows) [order, next] = [random.permutation(rows), 0]
      const chosen = order.subarray(next, (next += batch))
      const pick = (values: Float32Array): Float32Array => {
        const columns = values.length / rows
        return Float32Array.from(
          { length: chosen.length * columns },
          (_, i) => values[(chosen[Math.floor(i / columns)] as number) * columns + (i % columns)] as number,
        )
      }
      runner.bind({
        rows: chosen.length,
        inputs: { x: pick(x), y: pick(y), ...(weight === undefined ? {} : { weight: pick(weight) }) },
      })
      const rate = from * pow(to / from, step / (steps - 1))
      const loss = await lossOfStep(() => runner.epoch({ seed: seed.child('draws'), epoch: step, shuffle: false, rate }))
      if (loss === undefined) break
      running = KEEP * running + (1 - KEEP) * loss
      const smooth = running / (1 - pow(KEEP, step + 1))
      least = Math.min(least, smooth)
      rates.push(rate)
      losses.push(loss)
      smoothed.push(smooth)
      if (smooth > BURST * least || (await pace.rest(signal && { signal }))) break
    }
  } finally {
    runner.dispose()
  }
  return { rates, losses, smoothed, suggestion: steepest(rates, smoothed) }
}

/** Undefined where a number is not finite: the rate was too much. */
async function lossOfStep(step: () => Promise<{ readonly loss: number }>): Promise<number | undefined> {
  try {
    return (await step()).loss
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-finite') return undefined
    throw error
  }
}

/** The rate before the largest fall; rates are equally far apart on a logarithmic scale. */
function steepest(rates: readonly number[], losses: readonly number[]): number | undefined {
  let [at, fall]: [number | undefined, number] = [undefined, 0]
  for (let i = 1; i < losses.length; i++) {
    const here = (losses[i - 1] as number) - (losses[i] as number)
    if (here > fall) [at, fall] = [i - 1, here]
  }
  return at === undefined ? undefined : rates[at]
}
