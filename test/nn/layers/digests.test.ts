import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { wasm } from '../../../lib/engine/index.ts'
import {
  adam,
  batchNorm,
  conv1d,
  dense,
  dropout,
  globalMaxPool,
  globalMeanPool,
  gru,
  layerNorm,
  lstm,
  maxPool1d,
  meanSquaredError,
  network,
  selfAttention,
  type Layer,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { draws } from './built.ts'

const [ROWS, TIME, COLUMNS] = [100, 6, 3]

const KINDS: readonly (readonly [string, readonly Layer[], string])[] = [
  ['dense, dropout', [globalMeanPool, dense(8, { activation: 'tanh' }), dropout(0.3)], '0961d539ca03cfb1'],
  ['conv1d, max pool', [conv1d(8, { kernel: 3 }), maxPool1d(2), globalMaxPool], '745abbd45333571e'],
  ['GRU', [gru(8)], '072463780d22380e'],
  ['LSTM', [lstm(8)], '0e2f41772bed41ab'],
  ['GRU step by step', [gru(8, { unrolled: true })], '89317e5fca1d990e'],
  ['self-attention, layer norm', [selfAttention(8, { heads: 2 }), layerNorm(), globalMeanPool], 'e06f96798c943e7f'],
  ['batch norm', [globalMeanPool, dense(8), batchNorm()], 'dc311f644f5c0321'],
]

describe('weights after three epochs have the same bytes on every machine (digests made once, on Node 20 and x86-64)', () => {
  it.each(KINDS)('%s', async (_, layers, expected) => {
    const net = network({ columns: COLUMNS, time: TIME, layers: [...layers, dense(1)], loss: meanSquaredError })
    const runner = await wasm.prepare(net.training(32, adam({ rate: 0.01 })))
    runner.load(net.start(Seed.of(1)))
    runner.bind({ rows: ROWS, inputs: { x: draws(ROWS * TIME * COLUMNS, 1), y: draws(ROWS, 2) } })
    for (let epoch = 0; epoch < 3; epoch++) await runner.epoch({ seed: { key0: 7, key1: 11 }, epoch })
    const hash = createHash('sha256')
    for (const [name, values] of Object.entries((await runner.state()).parameters).sort(([a], [b]) => (a < b ? -1 : 1)))
      hash.update(name).update(values)
    runner.dispose()
    expect(hash.digest('hex').slice(0, 16)).toBe(expected)
  })
})
