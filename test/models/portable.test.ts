import { describe, expect, it } from 'vitest'
import { compile, computeNow, randomNormal, toOnnx, type Program, type Shape, type Step } from '../../lib/engine/index.ts'
import { dnnWith, ganWith, vaeWith } from '../../lib/models/index.ts'
import { toLayersModel } from '../../lib/nn/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { onnxRuntime, runOnnx, type Feed } from '../engine/onnx/onnx-runtime.ts'
import { madeTask } from './tiny-task.ts'

const { task } = madeTask(60)
const seed = Seed.of(3)
const NEEDED = 'CLVLAB_ONNXRUNTIME does not say where it is'

function expectAlike(got: Float32Array | undefined, expected: Float32Array | undefined): void {
  expect(got?.length).toBe(expected?.length)
  expected?.forEach((value, i) =>
    expect(Math.abs((got?.[i] as number) - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value))),
  )
}

/** What the draws of a program are, as inputs of its ONNX model: by their streams, the same bits. */
function drawsOf(program: Program, rows: number): Readonly<Record<string, Feed>> {
  const draws = program.steps.filter((step): step is Step<'normal'> => step.op === 'normal')
  return Object.fromEntries(
    draws.map(({ attributes: { stream }, shape }) => {
      const [, columns] = shape as Shape as readonly ['batch', number]
      const own = compile({ batch: rows, outputs: { z: randomNormal(['batch', columns], stream) } })
      return [`normal-${stream}`, { dims: [rows, columns], data: computeNow(own, {}, { rows, inputs: {} })['z'] as Float32Array }]
    }),
  )
}

describe('a fitted model goes out', () => {
  it('as the two networks of a DNN', async ({ skip }) => {
    const { networks } = await dnnWith('dnn', 'small', { units: [8], epochs: 2 }).fit(task, { seed })
    expect(JSON.parse(toLayersModel(networks.value.network, networks.value.weights).model)).toMatchObject({
      format: 'layers-model',
    })
    skip(onnxRuntime === undefined, NEEDED)
    for (const { network, weights } of [networks.returns, networks.value]) {
      const data = Float32Array.from({ length: 3 * network.columns }, (_, i) => ((i * 7) % 11) / 5 - 1)
      const { output } = computeNow(network.prediction(4), weights, { rows: 3, inputs: { x: data } })
      const got = await runOnnx(toOnnx(network.prediction(1), weights), { x: { dims: [3, network.columns], data } })
      expectAlike(got['output'], output)
    }
  })

  it.for([
    ['GAN', ganWith('gan', 'small', { generator: [8], discriminator: [8], latent: 4, epochs: 2, steps: 1 })],
    ['VAE', vaeWith('vae', 'small', { units: [8], latent: 4, epochs: 2, steps: 1 })],
  ] as const)('as what makes customers in a %s, its draws as inputs', async ([, model], { skip }) => {
    const { maker } = await model.fit(task.training, { seed })
    const bytes = toOnnx(maker.program, maker.weights)
    skip(onnxRuntime === undefined, NEEDED)
    const { made } = computeNow(maker.program, maker.weights, { rows: 5, inputs: {} })
    expectAlike((await runOnnx(bytes, drawsOf(maker.program, 5)))['made'], made)
  })
})
