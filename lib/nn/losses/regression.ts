import { abs, add, maximum, minimum, multiply, square, subtract } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import { overColumns, requireAlike, type Loss } from './loss.ts'

/** (output - target)², the mean over columns. */
export const meanSquaredError: Loss = (output, target) => {
  requireAlike('meanSquaredError', output, target)
  return overColumns(square(subtract(output, target)))
}

/** |output - target|, the mean over columns. */
export const meanAbsoluteError: Loss = (output, target) => {
  requireAlike('meanAbsoluteError', output, target)
  return overColumns(abs(subtract(output, target)))
}

/** Quadratic to `delta`, linear beyond (Huber 1964, equation 2). Errors: `EngineError` for a delta that is not above 0. */
export function huber(delta: number): Loss {
  if (!(delta > 0)) throw new EngineError({ code: 'bad-delta', what: `a delta of ${delta}`, remedy: 'give a number above 0' })
  return (output, target) => {
    requireAlike('huber', output, target)
    const distance = abs(subtract(output, target))
    const near = minimum(distance, delta)
    return overColumns(add(multiply(square(near), 0.5), multiply(subtract(distance, near), delta)))
  }
}

/**
 * max(q e, (q - 1) e) of e = target - output: least at the q-th quantile (Koenker and Bassett 1978, equation 2). Errors:
 * `EngineError` for a q outside (0, 1).
 */
export function quantileLoss(q: number): Loss {
  if (!(q > 0 && q < 1))
    throw new EngineError({ code: 'bad-quantile', what: `a quantile of ${q}`, remedy: 'give a number between 0 and 1' })
  return (output, target) => {
    requireAlike('quantileLoss', output, target)
    const error = subtract(target, output)
    return overColumns(maximum(multiply(error, q), multiply(error, q - 1)))
  }
}
