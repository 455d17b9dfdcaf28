import { EngineError } from '../../errors/index.ts'
import { elements, type Step } from '../../engine/index.ts'
import type { Network, Weights } from '../network.ts'

/** The weights that a network predicts with. Errors: `EngineError` for one that is missing or of another length. */
export function weightsOf(network: Network, weights: Weights): Weights {
  const { parameters, steps } = network.prediction(1)
  return Object.fromEntries(
    parameters.map(({ name, step }) => {
      const wanted = elements((steps[step] as Step).shape, 0)
      const values = weights[name]
      if (values?.length === wanted) return [name, values]
      throw new EngineError({
        code: values === undefined ? 'missing-values' : 'wrong-length',
        what:
          values === undefined
            ? `there are no values for "${name}"`
            : `"${name}" has ${values.length} values where ${wanted} belong`,
        remedy: 'give the weights that training this very network gave',
      })
    }),
  )
}
