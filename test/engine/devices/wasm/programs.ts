import {
  add,
  compile,
  elements,
  input,
  meanAll,
  multiply,
  sumAll,
  type Node,
  type Program,
  type Shape,
} from '../../../../lib/engine/index.ts'
import { ganTraining } from '../../../../lib/models/generative/gan-networks.ts'
import { GAN_DEFAULTS } from '../../../../lib/models/generative/gan-settings.ts'
import {
  adam,
  batchNorm,
  binaryCrossEntropy,
  clipByNorm,
  conv1d,
  dense,
  dropout,
  embedding,
  gru,
  lstm,
  maxPool1d,
  network,
  selfAttention,
  type Layer,
  type Network,
} from '../../../../lib/nn/index.ts'
import { Seed } from '../../../../lib/numeric/index.ts'
import { CASES } from '../../cases.ts'

/** Something to train: its program, first values and rows. */
export interface Training {
  readonly program: Program
  readonly start: Readonly<Record<string, Float32Array>>
  readonly inputs: Readonly<Record<string, Float32Array>>
  readonly rows: number
}

const values = (seed: number, length: number): Float32Array => {
  const random = Seed.of(seed).random()
  return Float32Array.from({ length }, () => 0.2 + random.uniform())
}

const operand = (name: string, shape: Shape): Node => ({ op: 'parameter', inputs: [], shape, attributes: { name } }) as Node

/** Every operation of the suite that all devices run, its operands trained, in one program. */
export function everyOperation(): Training {
  const start: Record<string, Float32Array> = {}
  const losses = CASES.map(({ shapes, build }, c) => {
    const operands = shapes.map((shape, i) => {
      start[`${c}-${i}`] = values(100 * c + i, elements(shape, 1))
      return operand(`${c}-${i}`, shape)
    })
    return sumAll(build(operands))
  })
  const one = meanAll(input('one', 1))
  return {
    program: compile({ batch: 4, training: { loss: multiply(losses.reduce(add), one), rule: adam({ rate: 0.01 }) } }),
    start,
    inputs: { one: new Float32Array(4).fill(1) },
    rows: 4,
  }
}

/** Every layer that reads rows of numbers, or of weeks, some of them next to a norm of all rows of a batch. */
const NETWORKS: Readonly<Record<string, () => { readonly net: Network; readonly batch: number; readonly numbers?: boolean }>> = {
  'the network of the design': () => ({
    net: network({ columns: 20, layers: [...hidden(128), ...hidden(64), dense(1)], loss: binaryCrossEntropy }),
    batch: 100,
  }),
  // more to turn before the blocks than each thread does for itself, and larger sums than one holds for more than a block
  'a wide one': () => ({
    net: network({
      columns: 5,
      layers: [dense(270, { activation: 'relu' }), ...hidden(260), dense(1)],
      loss: binaryCrossEntropy,
    }),
    batch: 90,
  }),
  'an odd one': () => ({
    net: network({ columns: 7, layers: [...hidden(19), ...hidden(5), dense(1)], loss: binaryCrossEntropy }),
    batch: 37,
  }),
  'one with batch norm': () => ({
    net: network({ columns: 6, layers: [dense(24), batchNorm(), ...hidden(8), dense(1)], loss: binaryCrossEntropy }),
    batch: 50,
  }),
  'a GRU': () => ({ net: network({ columns: 3, time: 5, layers: [gru(20), dense(1)], loss: binaryCrossEntropy }), batch: 70 }),
  'an LSTM': () => ({ net: network({ columns: 3, time: 4, layers: [lstm(9), dense(1)], loss: binaryCrossEntropy }), batch: 70 }),
  'a convolution and attention': () => ({
    net: network({
      columns: 4,
      time: 8,
      layers: [conv1d(8, { kernel: 3 }), maxPool1d(2), selfAttention(8, { heads: 2 }), gru(8), dense(1)],
      loss: binaryCrossEntropy,
    }),
    batch: 48,
  }),
  'an embedding': () => ({
    net: network({ columns: 1, layers: [embedding(12, 10), ...hidden(8), dense(1)], loss: binaryCrossEntropy }),
    batch: 60,
    numbers: true,
  }),
}

const hidden = (units: number): readonly Layer[] => [dense(units, { activation: 'relu' }), dropout(0.3)]

export const NAMES = Object.keys(NETWORKS)

export function training(name: string): Training {
  const { net, batch, numbers = false } = (NETWORKS[name] as NonNullable<(typeof NETWORKS)[string]>)()
  const program = net.training(batch, clipByNorm(0.5, adam({ rate: 0.01 })))
  const rows = 3 * batch - 11
  const { shape } = program.steps[program.inputs.find(({ name: each }) => each === 'x')?.step as number] as {
    readonly shape: Shape
  }
  const x = values(1, rows * elements(shape, 1)).map((each, i) => (numbers ? (i * 7) % 12 : each - 0.7))
  return { program, start: net.start(Seed.of(2)), inputs: { x, y: values(3, rows).map(each => Number(each > 0.7)) }, rows }
}

/** The GAN of the customers. */
export function ganOfCustomers(): Training {
  const settings = { ...GAN_DEFAULTS, latent: 5, generator: [24, 24], discriminator: [24], batch: 52, rate: 0.01 }
  const { program, start } = ganTraining(11, settings)
  return { program, start: start(Seed.of(5)), inputs: { x: values(6, 11 * 130) }, rows: 130 }
}
