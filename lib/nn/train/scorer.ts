import { Pace, type Device } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import type { Network, Weights } from '../network.ts'
import { inBouts } from './in-bouts.ts'
import type { Metric } from './metrics.ts'
import type { EpochRecord, Examples } from './options.ts'

/** What is told of rows that do not train. */
export type Judgement = Pick<EpochRecord, 'validationLoss' | 'metrics'>

/** Judges weights on rows that do not train. */
export interface Scorer {
  /** After an epoch of a training, counted from 0, or after all. Undefined where the signal ends it first. */
  score(weights: Weights, epoch?: number, signal?: AbortSignal): Promise<Judgement | undefined>
  dispose(): void
}

/** Rows of a batch that does not train. */
export const SCORED = 1024

export async function scorer(
  network: Network,
  { rows, x, y, weight }: Examples,
  metrics: Readonly<Record<string, Metric>>,
  device: Device,
  batch = SCORED,
): Promise<Scorer> {
  const named = Object.entries(metrics)
  const losses = await device.prepare(network.scoring(batch))
  const outputs = named.length === 0 ? undefined : await device.prepare(network.prediction(batch))
  const pace = { losses: new Pace(), outputs: new Pace() }
  return {
    score: async (weights, epoch, signal) => {
      losses.load(weights)
      const judged = await inBouts(losses, { rows, inputs: { x, y } }, pace.losses, signal)
      if (judged === undefined) return undefined
      const loss = judged['loss'] as Float32Array
      const validationLoss = loss.reduce((sum, each, i) => sum + each * (weight?.[i] ?? 1), 0) / rows
      if (!Number.isFinite(validationLoss)) {
        throw new EngineError({
          code: 'not-finite',
          what: `the ${epoch === undefined ? '' : 'validation '}loss is ${validationLoss}`,
          where: epoch === undefined ? 'rows that are judged' : `epoch ${epoch + 1}`,
          remedy: 'look for inputs that are not finite among these rows, or lower the learning rate',
        })
      }
      if (outputs === undefined) return { validationLoss }
      outputs.load(weights)
      const given = await inBouts(outputs, { rows, inputs: { x } }, pace.outputs, signal)
      if (given === undefined) return undefined
      const output = given['output'] as Float32Array
      return { validationLoss, metrics: Object.fromEntries(named.map(([name, metric]) => [name, metric(output, y)])) }
    },
    dispose: () => {
      losses.dispose()
      outputs?.dispose()
    },
  }
}
