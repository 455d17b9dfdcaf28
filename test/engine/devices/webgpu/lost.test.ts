import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { compile, loadDevice, webgpuPlace } from '../../../../lib/engine/index.ts'
import { designNetwork, rowsFor, startValues } from '../../design-network.ts'

test('webgpu whose adapter is lost in the middle of a training says so by name', async ({ skip }) => {
  const from = webgpuPlace()
  skip(process.env['CLVLAB_WEBGPU'] === undefined, 'CLVLAB_WEBGPU does not say where it is')
  const device = await loadDevice('webgpu')
  const runner = await device.prepare(
    compile({ batch: 32, training: { loss: designNetwork().loss, rule: { kind: 'sgd', rate: 0.1 } } }),
  )
  runner.load(startValues())
  runner.bind(rowsFor(32))
  const seed = { key0: 1, key1: 2 }
  expect((await runner.epoch({ seed, epoch: 0 })).steps).toBe(1)
  const tf = createRequire(from as string)('@tensorflow/tfjs-core') as { backend(): { readonly device: { destroy(): void } } }
  tf.backend().device.destroy()
  await expect(runner.epoch({ seed, epoch: 1 })).rejects.toMatchObject({
    code: 'device-failed',
    what: expect.stringMatching(/^the device webgpu failed: /) as string,
  })
})
