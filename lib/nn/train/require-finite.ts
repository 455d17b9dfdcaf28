import { EngineError } from '../../errors/index.ts'
import type { Weights } from '../network.ts'

/** Errors: `EngineError` (`not-finite`) for weights that an update made infinite or no number; `epoch` is how many were made. */
export function requireFinite(weights: Weights, epoch: number): void {
  for (const [name, values] of Object.entries(weights)) {
    const at = values.findIndex(value => !Number.isFinite(value))
    if (at < 0) continue
    throw new EngineError({
      code: 'not-finite',
      what: `training met a number that is not finite: the last update made value ${at} of "${name}" ${values[at]}`,
      where: `after epoch ${epoch}`,
      remedy: 'lower the learning rate, clip the gradients, or scale the inputs and targets',
    })
  }
}
