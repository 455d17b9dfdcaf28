import { expect, it } from 'vitest'
import { adam, binaryCrossEntropy, dense, network, showMemory, train, trainingMemory } from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'

const MIB = 1048576

it('says in one line what a training needs', () => {
  expect(showMemory({ parameters: MIB, training: 3 * MIB, arena: MIB / 2, data: 2000 * MIB, total: 2004.5 * MIB })).toBe(
    'needs 2004.5 MiB: parameters 1.0, training 3.0, arena 0.5, data 2000.0',
  )
})

it('is told by a training before its first epoch, and is what was known without it', async () => {
  const net = network({ columns: 4, layers: [dense(8, { activation: 'relu' }), dense(1)], loss: binaryCrossEntropy })
  const said: string[] = []
  await train(
    net,
    { rows: 20, x: new Float32Array(80).fill(0.5), y: new Float32Array(20) },
    {
      epochs: 1,
      seed: Seed.of(1),
      onStart: memory => said.push(showMemory(memory)),
      onProgress: ({ epoch }) => said.push(`epoch ${epoch}`),
    },
  )
  expect(said).toEqual([showMemory(await trainingMemory(net, 20, { optimiser: adam() })), 'epoch 1'])
})
