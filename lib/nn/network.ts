import {
  compile,
  input,
  meanAll,
  multiply,
  parameter,
  reshape,
  type Node,
  type Program,
  type UpdateRule,
} from '../engine/index.ts'
import { EngineError } from '../errors/index.ts'
import type { Seed } from '../numeric/index.ts'
import { activationOf, type Activation } from './activations.ts'
import type { Initialiser, Layer, Scope } from './layer.ts'
import type { Loss } from './losses/index.ts'

export interface NetworkOptions {
  /** Columns of the inputs. */
  readonly columns: number
  /** Steps of time: the inputs are (batch, time, columns). */
  readonly time?: number
  readonly layers: readonly Layer[]
  readonly loss: Loss
  /** Columns of the target; default 1. */
  readonly targets?: number
}

/** Trained values by name. */
export type Weights = Readonly<Record<string, Float32Array>>

/** A recipe of layers. Holds no values: those come from a seed (`start`) or from training. */
export interface Network {
  readonly columns: number
  /** Steps of time of its inputs, where they have any. */
  readonly time?: number
  readonly layers: readonly Layer[]
  readonly targets: number
  /** First values; each parameter's depend on the seed and its own name alone. */
  start(seed: Seed): Weights
  /** Inputs `x` and `y`, and `weight` by row where rows are weighted; makes the mean of weight · loss small. */
  training(batch: number, rule: UpdateRule, options?: { readonly weighted?: boolean }): Program
  /** Input `x`; outputs what batches tell of their rows (batch norm), by the name of the weight; undefined where no layer asks. */
  statistics(batch: number): Program | undefined
  /** Inputs `x` and `y`; output `loss`, by row, without dropout. */
  scoring(batch: number): Program
  /** Input `x`; output `output`, through an activation where one is given: losses take logits, `sigmoid` and `softmax` make probabilities. */
  prediction(batch: number, options?: { readonly activation?: Activation }): Program
}

interface Built {
  readonly output: Node
  readonly starts: ReadonlyMap<string, (seed: Seed) => Float32Array>
  readonly statistics: Readonly<Record<string, Node>>
}

/**
 * A network of layers, one after another, from inputs `x` of (batch, columns), or (batch, time, columns), to what the loss makes of its output:
 *
 *     const net = network({ columns: 3, layers: [dense(16, { activation: 'relu' }), dropout(0.2), dense(1)], loss: binaryCrossEntropy })
 *     const examples = { rows, x, y }                    // x: rows · 3 values, y: rows labels of 0 or 1
 *     const { weights } = await train(net, examples, { epochs: 20, seed: Seed.of(1) })
 *     const { loss } = await evaluate(net, weights, others)
 *     const probabilities = await predict(net, weights, others.x, { activation: 'sigmoid' })
 *
 * It is built when a program or first values are asked of it. Errors then: `EngineError` that says which layer cannot work on what the one before gives,
 * or that the loss cannot take the output.
 */
export function network({ columns, time, layers, loss, targets = 1 }: NetworkOptions): Network {
  const build = (training: boolean): Built => {
    const starts = new Map<string, (seed: Seed) => Float32Array>()
    const statistics: Record<string, Node> = {}
    let streams = 0
    const output = layers.reduce(
      (x, layer, i) => {
        const parameterOf = (name: string, rows: number, columns: number, start: Initialiser): Node => {
          const full = `${layer.kind}-${i}/${name}`
          starts.set(full, seed => start(rows, columns, seed.child(full).random()))
          return parameter(full, rows, columns)
        }
        const scope: Scope = {
          training,
          stream: () => streams++,
          parameter: parameterOf,
          statistic: (name, ofBatch, columns, start) => {
            const values = reshape(ofBatch, [1, columns])
            statistics[`${layer.kind}-${i}/${name}`] = values
            return training ? values : parameterOf(name, 1, columns, start)
          },
        }
        return within(layer, i, layers.length, () => layer.build(x, scope))
      },
      input('x', columns, time),
    )
    return { output, starts, statistics }
  }
  const rowLoss = (training: boolean): Node => loss(build(training).output, input('y', targets))
  return {
    columns,
    ...(time === undefined ? {} : { time }),
    layers,
    targets,
    start: seed => Object.fromEntries([...build(false).starts].map(([name, start]) => [name, start(seed)])),
    training: (batch, rule, { weighted = false } = {}) =>
      compile({
        batch,
        training: { loss: meanAll(weighted ? multiply(rowLoss(true), input('weight', 1)) : rowLoss(true)), rule },
      }),
    statistics: batch => {
      const { statistics } = build(true)
      return Object.keys(statistics).length === 0 ? undefined : compile({ batch, outputs: statistics })
    },
    scoring: batch => compile({ batch, outputs: { loss: rowLoss(false) } }),
    prediction: (batch, { activation = 'linear' } = {}) =>
      compile({ batch, outputs: { output: activationOf(activation)(build(false).output) } }),
  }
}

/** Says in an error from inside a layer which layer it was. */
function within(layer: Layer, index: number, count: number, build: () => Node): Node {
  try {
    return build()
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    const place = `layer ${index + 1} of ${count}, "${layer.kind}"`
    throw new EngineError({ ...partsOf(error), where: error.where === undefined ? place : `${place}: ${error.where}` })
  }
}

const partsOf = ({ code, what, remedy, cause }: EngineError) => ({
  code,
  what,
  ...(remedy === undefined ? {} : { remedy }),
  cause,
})
