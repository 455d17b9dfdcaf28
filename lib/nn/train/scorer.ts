import type { Device } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import type { Network, Weights } from '../network.ts'
import type { Metric } from './metrics.ts'
import type { EpochRecord, Examples } from './options.ts'

/** Judges weights on rows that do not train. */
export interface Scorer {
  score(weights: Weights, epoch: number): Promise<Pick<EpochRecord, 'validationLoss' | 'metrics'>>
  dispose(): void
}

const BATCH = 1024

export async function scorer(
  network: Network,
  { rows, x, y, weight }: Examples,
  metrics: Readonly<Record<string, Metric>>,
  device: Device,
): Promise<Scorer> {
  const named = Object.entries(metrics)
  const losses = await device.prepare(network.scoring(BATCH))
  const outputs = named.length === 0 ? undefined : await device.prepare(network.prediction(BATCH))
  return {
    score: async (weights, epoch) => {
      losses.load(weights)
      const { loss } = await losses.run({ rows, inputs: { x, y } })
      const validationLoss = (loss as Float32Array).reduce((sum, each, i) => sum + each * (weight?.[i] ?? 1), 0) / rows
      if (!Number.isFinite(validationLoss)) {
        throw new EngineError({
          code: 'not-finite',
          what: `the validation loss is ${validationLoss}`,
          where: `epoch ${epoch + 1}`,
          remedy: 'look for inputs that are not finite among the validation rows, or lower the learning rate',
        })
      }
      if (outputs === undefined) return { validationLoss }
      outputs.load(weights)
      const { output } = await outputs.run({ rows, inputs: { x } })
      return {
        validationLoss,
        metrics: Object.fromEntries(named.map(([name, metric]) => [name, metric(output as Float32Array, y)])),
      }
    },
    dispose: () => {
      losses.dispose()
      outputs?.dispose()
    },
  }
}
