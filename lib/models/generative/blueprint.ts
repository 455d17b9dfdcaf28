import { parameter, type Node } from '../../engine/index.ts'
import { dense, type Activation, type Initialiser, type Weights } from '../../nn/index.ts'
import type { Seed } from '../../numeric/index.ts'

/** Collects the parameters of several networks that are trained together, each under its own name. */
export class Blueprint {
  private readonly starts = new Map<string, (seed: Seed) => Float32Array>()

  /** A dense layer; the same name gives the same weights wherever it is built. */
  dense(x: Node, name: string, units: number, activation: Activation = 'linear'): Node {
    return dense(units, { activation }).build(x, {
      training: true,
      stream: () => 0,
      statistic: (_, ofBatch) => ofBatch,
      parameter: (part: string, rows: number, columns: number, start: Initialiser) => {
        const full = `${name}/${part}`
        this.starts.set(full, seed => start(rows, columns, seed.child(full).random()))
        return parameter(full, rows, columns)
      },
    })
  }

  /** Dense ReLU layers, one after another. */
  hidden(x: Node, name: string, units: readonly number[]): Node {
    return units.reduce((node, count, i) => this.dense(node, `${name}-${i + 1}`, count, 'relu'), x)
  }

  /** Names of the parameters whose name begins so. */
  names(prefix: string): readonly string[] {
    return [...this.starts.keys()].filter(name => name.startsWith(prefix))
  }

  /** First values; each parameter's depend on the seed and its own name alone. */
  start(seed: Seed): Weights {
    return Object.fromEntries([...this.starts].map(([name, start]) => [name, start(seed)]))
  }
}
