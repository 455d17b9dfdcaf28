import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FormatError } from '../../lib/errors/index.ts'
import {
  allModels,
  loadModel,
  readModel,
  restoreModel,
  saveModel,
  type FittedModel,
  type Predictions,
} from '../../lib/models/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { WEEKS, withMadeWeeks } from './sequence/weekly-task.ts'
import { madeTask } from './tiny-task.ts'

const plain = madeTask(120).task
const weeks = Array.from({ length: 120 }, (_, i) =>
  Array.from({ length: WEEKS }, (__, ago) => ((i + ago) % 4 === 0 ? 10 + i : 0)),
)
/** With weeks beside the features, for the models that read those. */
const task = {
  ...plain,
  customers: withMadeWeeks(plain.customers, weeks),
  training: { ...plain.training, features: withMadeWeeks(plain.training.features, weeks) },
}
let folder: string

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-load-'))
})

afterAll(() => fs.rmSync(folder, { recursive: true }))

/** Every number as its bits, so that -0 is not 0 and no NaN is lost. */
function bits(predictions: Predictions): readonly unknown[] {
  const bitsOf = (value: number | null): string | null =>
    value === null ? null : Buffer.from(Float64Array.of(value).buffer).toString('hex')
  return [...predictions.rows()].map(row => [
    row.customer_id,
    bitsOf(row.value),
    bitsOf(row.probability),
    bitsOf(row.expected_purchases),
  ])
}

describe.each(allModels().map(model => [model.name, model] as const))('%s in a file', (name, model) => {
  let fitted: FittedModel
  let file: string

  beforeAll(async () => {
    fitted = await model.fit(task, { seed: Seed.of(3) })
    file = path.join(folder, `${name}.model`)
    await saveModel(file, fitted)
  })

  test('comes back with the same predictions, bit for bit, at horizons it was and was not trained on', async () => {
    const loaded = await loadModel(file)
    expect(loaded.model).toBe(name)
    expect(loaded.parameters).toEqual(fitted.parameters)
    for (const horizon of [task.training.horizon, task.horizon, 7.5]) {
      expect(bits(loaded.predict(task.customers, horizon))).toEqual(bits(fitted.predict(task.customers, horizon)))
    }
  })

  test('saved again, it gives the same bytes', async () => {
    const again = `${file}.again`
    await saveModel(again, await loadModel(file))
    expect(fs.readFileSync(again).equals(fs.readFileSync(file))).toBe(true)
  })

  test('is refused by name when it was cut short or changed', async () => {
    const bytes = fs.readFileSync(file)
    const broken = `${file}.broken`
    fs.writeFileSync(broken, bytes.subarray(0, bytes.length - 1))
    await expect(loadModel(broken)).rejects.toMatchObject({ name: 'FormatError', code: 'truncated', where: broken })
    bytes[bytes.length - 2] = (bytes[bytes.length - 2] as number) ^ 16
    fs.writeFileSync(broken, bytes)
    await expect(loadModel(broken)).rejects.toMatchObject({ name: 'FormatError', code: 'damaged', where: broken })
  })

  test('is refused by name when its state is not that of the model, each part in turn', async () => {
    const saved = await readModel(file)
    expect(() => restoreModel({ ...saved, version: saved.version + 1 })).toThrow(FormatError)
    for (const part of Object.keys(saved.state)) {
      if (part === 'history') continue
      const { [part]: _, ...rest } = saved.state
      expect(() => restoreModel({ ...saved, state: rest }), part).toThrow(FormatError)
    }
  })
})

test('a file of something else, of a model unknown here, and none at all are refused by name', async () => {
  const file = path.join(folder, 'other')
  fs.writeFileSync(file, 'customer_id,value\na,1\n')
  await expect(loadModel(file)).rejects.toMatchObject({ name: 'FormatError', code: 'foreign', where: file })
  await saveModel(file, { model: 'stranger', version: 1, state: {} })
  await expect(loadModel(file)).rejects.toMatchObject({
    name: 'FormatError',
    code: 'unknown-model',
    remedy: expect.stringContaining('model.restore(await readModel(file))') as string,
  })
  await expect(loadModel(path.join(folder, 'none'))).rejects.toMatchObject({ name: 'FormatError', code: 'missing' })
})
