import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FormatError } from '../../../lib/errors/index.ts'
import { batchNorm, dense, loadWeights, meanSquaredError, network, saveOnnx, saveWeights, train } from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { scratch } from '../../data/files.ts'

const { folder } = scratch()
const net = (units: number) =>
  network({ columns: 3, layers: [dense(units, { activation: 'relu' }), batchNorm(), dense(1)], loss: meanSquaredError })
const x = Float32Array.from({ length: 60 }, (_, i) => ((i * 7) % 11) / 5 - 1)
const own = net(4)
const { weights } = await train(own, { rows: 20, x, y: x.slice(0, 20) }, { epochs: 2, seed: Seed.of(1) })
const file = path.join(folder, 'net.weights')
await saveWeights(file, own, weights)
const good = fs.readFileSync(file)

const refused = async (bytes: Uint8Array): Promise<string> => {
  const other = path.join(folder, 'other.weights')
  fs.writeFileSync(other, bytes)
  const error = await loadWeights(other, own).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(FormatError)
  return (error as FormatError).code
}

describe('the weights of a network in a file of their own', () => {
  it('come back bit for bit', async () => {
    expect(await loadWeights(file, own)).toEqual(weights)
    expect(fs.readdirSync(folder)).toEqual(['net.weights'])
  })

  it('are refused where the file is damaged, anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = Uint8Array.from(good)
        bytes[at] = (bytes[at] as number) ^ (1 << bit)
        expect(['damaged', 'foreign', 'newer-version', 'truncated']).toContain(await refused(bytes))
      }),
      { numRuns: 60, examples: [[good.indexOf('bytes'), 0]] },
    )
    expect(await refused(good.subarray(0, -1))).toBe('truncated')
    expect(await refused(Buffer.concat([good, Buffer.from('x')]))).toBe('damaged')
  })

  it('are refused where the file is foreign, missing, or of another network', async () => {
    const onnx = path.join(folder, 'net.onnx')
    await saveOnnx(onnx, own, weights)
    expect(await refused(fs.readFileSync(onnx))).toBe('foreign')
    expect(await refused(new Uint8Array())).toBe('foreign')
    await expect(loadWeights(file, net(5))).rejects.toMatchObject({ code: 'foreign', what: 'the weights are of another network' })
    await expect(loadWeights(path.join(folder, 'none'), own)).rejects.toMatchObject({ name: 'FormatError', code: 'missing' })
    await expect(saveWeights(file, net(5), weights)).rejects.toMatchObject({ code: 'wrong-length' })
  })
})
