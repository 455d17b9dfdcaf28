import { describe, expect, it } from 'vitest'
import { guarded } from '../../../../lib/engine/devices/tensorflow/guarded.ts'
import { compile, constant, reference, type Runner } from '../../../../lib/engine/index.ts'
import { EngineError } from '../../../../lib/errors/index.ts'

const inner = await reference.prepare(compile({ batch: 1, outputs: { two: constant(2) } }))
const failing = (error: unknown): Runner => ({
  ...inner,
  program: inner.program,
  run: async () => {
    throw error
  },
  load: () => {
    throw error
  },
})
const rows = { rows: 1, inputs: {} }

describe('a runner of foreign code', () => {
  it('names what that code throws, and whose it is', async () => {
    const lost = Object.assign(new Error(''), { name: 'AbortError' })
    await expect(guarded(failing(lost), 'webgpu').run(rows)).rejects.toMatchObject({
      code: 'device-failed',
      what: 'the device webgpu failed: AbortError',
      cause: lost,
    })
    expect(() => guarded(failing(new Error('OOM\nand a long story')), 'tensorflow:native').load({})).toThrow(
      /^the device tensorflow:native failed: OOM$/m,
    )
  })

  it('says what TensorFlow said, not its number (as tfjs-node 4.22 words it)', async () => {
    const full = new Error('Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[20000,60000]')
    await expect(guarded(failing(full), 'tensorflow:native').run(rows)).rejects.toMatchObject({
      what: 'the device tensorflow:native failed: OOM when allocating tensor with shape[20000,60000]',
    })
  })

  it('leaves our own errors as they are', async () => {
    const own = new EngineError({ code: 'not-finite', what: 'a number' })
    await expect(guarded(failing(own), 'webgpu').run(rows)).rejects.toBe(own)
  })

  it('gives no answer after a complaint that was made aside', async () => {
    let complaint: Error | undefined
    const runner = guarded(inner, 'webgpu', () => complaint)
    expect((await runner.run(rows))['two']).toEqual(Float32Array.of(2))
    complaint = new Error('The number of storage buffers (13) exceeds the limit (8)')
    await expect(runner.run(rows)).rejects.toMatchObject({
      code: 'device-failed',
      what: expect.stringContaining('storage buffers') as string,
    })
  })
})
