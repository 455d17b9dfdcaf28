import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Device } from '../../lib/engine/index.ts'
import { dnnWith, ganWith, loadModel, readModel, saveModel, vaeWith, type Predictions } from '../../lib/models/index.ts'
import { restoreGan, restoreVae } from '../../lib/models/generative/restore.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { allDevices } from '../engine/devices/all-devices.ts'
import { madeTask } from './tiny-task.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-models-on-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

const { task } = madeTask(60)
const seed = Seed.of(3)
/** Stated for three epochs of a small network, relative to the larger of 1 and the value. */
const TOLERANCE = 1e-3

function apart(a: ArrayLike<number | null>, b: ArrayLike<number | null>): number {
  expect(b.length).toBe(a.length)
  return Array.from(a).reduce<number>((worst, value, i) => {
    const own = value as number
    return Number.isNaN(own) && Number.isNaN(b[i])
      ? worst
      : Math.max(worst, Math.abs(own - (b[i] as number)) / Math.max(1, Math.abs(own)))
  }, 0)
}

function expectAlike(a: Predictions, b: Predictions): void {
  for (const name of ['value', 'probability'] as const)
    expect(apart(a.column(name), b.column(name)), name).toBeLessThan(TOLERANCE)
}

const others = allDevices.filter(({ name }) => name !== 'wasm' && name !== 'reference')
const expectUsed = (device: Device, used: { readonly name: string; readonly difference?: number } | undefined): void => {
  expect(used?.name).toBe(device.name)
  expect(used?.difference).toBeLessThan(5 * device.tolerance)
}

describe.each(others)('end to end on $name, within tolerance of wasm', device => {
  it('the DNN fits, predicts, is saved and loaded', async () => {
    const model = dnnWith('dnn', 'small', { units: [16, 8], epochs: 3 })
    const [ours, theirs] = [await model.fit(task, { seed }), await model.fit(task, { seed, device })]
    expectAlike(ours.predict(task.customers, 100), theirs.predict(task.customers, 100))
    expectAlike(theirs.predict(task.customers, 100), await theirs.predictOn(device, task.customers, 100))
    expectUsed(device, theirs.device)
    expect(ours.device).toBeUndefined()
    const file = path.join(folder, `dnn-${device.name.replace(':', '-')}.clv`)
    await saveModel(file, theirs)
    const back = await loadModel(file)
    expect([...back.predict(task.customers, 100).rows()]).toEqual([...theirs.predict(task.customers, 100).rows()])
    expect(back.device).toEqual(theirs.device)
  })

  it('the GAN fits, makes customers, is saved and loaded', async () => {
    const model = ganWith('gan', 'small', { generator: [16], discriminator: [16], latent: 4, epochs: 3, batch: 32, steps: 1 })
    const [ours, theirs] = [await model.fit(task.training, { seed }), await model.fit(task.training, { seed, device })]
    const made = await theirs.sample(40, seed, device)
    const expected = await ours.sample(40, seed)
    expect(apart(expected.features.column('monetary'), made.features.column('monetary'))).toBeLessThan(TOLERANCE)
    expect(apart(expected.outcome.column('future_value'), made.outcome.column('future_value'))).toBeLessThan(TOLERANCE)
    expectUsed(device, theirs.device)
    const file = path.join(folder, `gan-${device.name.replace(':', '-')}.clv`)
    await saveModel(file, theirs.save())
    const back = restoreGan(await readModel(file))
    expect([...(await back.sample(40, seed)).features.rows()]).toEqual([...(await theirs.sample(40, seed)).features.rows()])
    expect(back.device).toEqual(theirs.device)
  })

  it('the VAE fits, makes customers, is saved and loaded', async () => {
    const model = vaeWith('vae', 'small', { units: [16], latent: 4, epochs: 3, batch: 32, steps: 1 })
    const [ours, theirs] = [await model.fit(task.training, { seed }), await model.fit(task.training, { seed, device })]
    const made = await theirs.sample(40, seed, device)
    const expected = await ours.sample(40, seed)
    expect(apart(expected.features.column('monetary'), made.features.column('monetary'))).toBeLessThan(TOLERANCE)
    expectUsed(device, theirs.device)
    const file = path.join(folder, `vae-${device.name.replace(':', '-')}.clv`)
    await saveModel(file, theirs.save())
    const back = restoreVae(await readModel(file))
    expect([...(await back.sample(40, seed)).features.rows()]).toEqual([...(await theirs.sample(40, seed)).features.rows()])
    expect(back.device).toEqual(theirs.device)
  })
})
