import { binaryCrossEntropy, dense, dropout, meanSquaredError, network, type Network } from '../../nn/index.ts'

/** The article's body: dense 128 ReLU, dropout, dense 64 ReLU, dropout, one output. */
export interface BodyOptions {
  readonly units: readonly number[]
  readonly dropout: number
}

/** Ends in a logit: the article's sigmoid with binary cross-entropy, computed together so that it cannot overflow. */
export const classifier = (columns: number, body: BodyOptions): Network =>
  network({ columns, layers: layers(body), loss: binaryCrossEntropy })

/** The same body with a linear head. */
export const regressor = (columns: number, body: BodyOptions): Network =>
  network({ columns, layers: layers(body), loss: meanSquaredError })

function layers({ units, dropout: rate }: BodyOptions) {
  return [...units.flatMap(count => [dense(count, { activation: 'relu' }), dropout(rate)]), dense(1)]
}
