import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { present } from '../../../lib/engine/index.ts'
import { keepAnswer, questionOf } from '../../../lib/engine/choice/kept-answers.ts'
import { adam, readCheckpoint, sgd, train } from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { fakeNative } from '../../engine/choice/fake-native.ts'
import { examples, line } from './lines.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-on-devices-'))
afterAll(() => {
  fs.rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})
beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'cache'))
  vi.stubEnv('CLVLAB_WEBGPU', path.join(folder, 'nothing'))
})

const data = examples(200)
const settings = { epochs: 5, batch: 16, optimiser: sgd({ rate: 0.1 }), seed: Seed.of(9) }

/** A native device that gives out of memory in the third epoch, and that `auto` holds for the fastest. */
function failing(name: string): void {
  // 13 batches of two products an epoch; the difference from wasm takes two more
  vi.stubEnv('CLVLAB_TENSORFLOW', fakeNative(path.join(folder, name), 2 + 2.5 * 26))
  const question = questionOf(
    line.training(settings.batch, settings.optimiser),
    present().map(({ about }) => about),
  )
  keepAnswer(question, [
    { device: 'tensorflow:native', milliseconds: 1 },
    { device: 'wasm', milliseconds: 2 },
  ])
}

describe('a training whose device fails in the middle', () => {
  it('ends with a named error that tells the last checkpoint, from which another device goes on', async () => {
    failing('named')
    const checkpoint = { file: path.join(folder, 'named.ckpt') }
    await expect(train(line, data, { ...settings, device: 'tensorflow:native', checkpoint })).rejects.toMatchObject({
      name: 'EngineError',
      code: 'device-failed',
      what: 'the device tensorflow:native failed: OOM when allocating tensor with shape[1024,1024]',
      where: `the last checkpoint, ${checkpoint.file}`,
    })
    expect((await readCheckpoint(checkpoint.file))?.history).toHaveLength(2)
    const { history, device } = await train(line, data, { ...settings, checkpoint })
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5])
    expect(device).toEqual({ name: 'wasm' })
  })

  it.each([
    ['its last checkpoint', { file: path.join(folder, 'auto.ckpt') }, /from the last checkpoint, .*auto\.ckpt$/],
    ['its last epoch', undefined, /from epoch 2, which was kept in memory$/],
  ])('goes on by itself with auto, from %s, and says so', async (name, checkpoint, from) => {
    failing(name)
    const notes: string[] = []
    const { weights, history, device } = await train(line, data, {
      ...settings,
      device: 'auto',
      onNote: note => notes.push(note),
      ...(checkpoint === undefined ? {} : { checkpoint }),
    })
    expect(notes).toEqual([
      'auto took tensorflow:native: ms a step as measured before: tensorflow:native 1.00, wasm 2.00',
      expect.stringMatching(from),
    ])
    expect(notes[1]).toMatch(
      /^tensorflow:native failed \(the device tensorflow:native failed: OOM .*\); going on with wasm from /,
    )
    expect(device).toEqual({ name: 'wasm', choice: notes.join('; ').replace(' as measured before', '') })
    const straight = await train(line, data, settings)
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5])
    for (const [part, values] of Object.entries(straight.weights))
      values.forEach((value, i) => expect(weights[part]?.[i]).toBeCloseTo(value, 5))
  })
})

describe('a training on a device that is asked for', () => {
  it('tells which it was and how far it is from wasm', async () => {
    const { device } = await train(line, data, { ...settings, optimiser: adam(), device: 'tensorflow:cpu' })
    expect(device).toMatchObject({ name: 'tensorflow:cpu', about: 'TensorFlow.js 4.22.0' })
    expect(device.difference).toBeGreaterThan(0)
    expect(device.difference).toBeLessThan(1e-6)
  })

  it('is refused where it does not work, with what helps', async () => {
    await expect(train(line, data, { ...settings, device: 'webgpu' })).rejects.toMatchObject({
      code: 'no-webgpu',
      remedy: expect.stringContaining('doctor --install webgpu') as string,
    })
  })
})
