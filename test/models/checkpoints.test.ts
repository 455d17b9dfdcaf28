import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { dnnWith, ganWith, vaeWith, type FitOptions } from '../../lib/models/index.ts'
import { readCheckpoint } from '../../lib/nn/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { fakeNative } from '../engine/choice/fake-native.ts'
import { cutEvery } from '../engine/devices/wasm/cut.ts'
import { madeTask } from './tiny-task.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-checkpoints-'))
afterAll(() => {
  fs.rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})
beforeEach(() => vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'cache')))

const { task } = madeTask(60)
const seed = Seed.of(3)
const small = { epochs: 4, batch: 32, steps: 1, latent: 4 }

/** Each model, the file of its training that is broken off, and how many products a native device makes before it gives out in the middle of that. */
const MODELS = [
  ['dnn', (options: FitOptions) => dnnWith('dnn', 'small', { units: [8], epochs: 6 }).fit(task, options), 'value.ckpt', 120],
  [
    'gan',
    (options: FitOptions) =>
      ganWith('gan', 'small', { ...small, generator: [8], discriminator: [8] }).fit(task.training, options),
    'maker.ckpt',
    120,
  ],
  [
    'vae',
    (options: FitOptions) => vaeWith('vae', 'small', { ...small, units: [8] }).fit(task.training, options),
    'maker.ckpt',
    100,
  ],
] as const

describe.each(MODELS)('a %s whose device fails in the middle', (name, fit, file, products) => {
  const checkpoints = path.join(folder, name)

  it('ends with an error that names the last checkpoint', async () => {
    vi.stubEnv('CLVLAB_TENSORFLOW', fakeNative(path.join(folder, `${name}-native`), products))
    await expect(fit({ seed, device: 'tensorflow:native', checkpoints })).rejects.toMatchObject({
      code: 'device-failed',
      where: `the last checkpoint, ${path.join(checkpoints, file)}`,
      remedy: expect.stringMatching(/training goes on from the last checkpoint, .*, on any device/) as string,
    })
    expect(fs.existsSync(path.join(checkpoints, file))).toBe(true)
  })

  it('goes on from it on another one, which does not begin at the start', async () => {
    const told: string[] = []
    const fitted = await fit({ seed, checkpoints, onProgress: (_, text) => told.push(text) })
    expect(told.some(text => text.includes('epoch 1 of') && !text.startsWith('value'))).toBe(false)
    expect(told.length).toBeGreaterThan(0)
    expect(fitted.device).toBeUndefined()
  })

  it('and broken off on wasm, gives the same bytes as one that was not', async () => {
    const own = path.join(folder, `${name}-wasm`)
    const stop = new AbortController()
    let epochs = 0
    await fit({ seed, checkpoints: own, signal: stop.signal, onProgress: () => ++epochs === 2 && stop.abort() })
    const [again, straight] = [await fit({ seed, checkpoints: own }), await fit({ seed })]
    expect(again.save()).toEqual(straight.save())
  })

  it('and broken off inside an epoch, too, with what was learnt so far', async () => {
    const [own, device] = [path.join(folder, `${name}-inside`), cutEvery(1)]
    const stop = new AbortController()
    const onProgress = (done: number, text: string): void => {
      if (text.includes('epoch 3 (50%)')) stop.abort()
      expect(done).toBeLessThanOrEqual(1)
    }
    const part = await fit({ seed, device, checkpoints: own, signal: stop.signal, onProgress })
    const kept = await readCheckpoint(path.join(own, name === 'dnn' ? 'return.ckpt' : file))
    expect([kept?.history.length, kept?.pass?.steps]).toEqual([2, 1])
    const [again, straight] = [await fit({ seed, device, checkpoints: own }), await fit({ seed, device })]
    expect(again.save()).toEqual(straight.save())
    expect(part.save()).not.toEqual(straight.save())
  })

  it('is refused the checkpoint of another seed', async () => {
    await expect(fit({ seed: Seed.of(4), checkpoints })).rejects.toMatchObject({ name: 'FormatError', code: 'foreign' })
  })
})
