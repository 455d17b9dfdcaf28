import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { compare, type Comparison } from '../../lib/compare/index.ts'
import { modelNamed } from '../../lib/models/index.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { split } from './split.ts'

beforeAll(async () => {
  const { ensureBuilt } = (await import(pathToFileURL(path.resolve(import.meta.dirname, '../../bin/support/build.js')).href)) as {
    readonly ensureBuilt: () => Promise<unknown>
  }
  await ensureBuilt()
})

const { task, outcome } = split(40)
const models = ['two-stage', 'dnn'].map(modelNamed)
const asked = { seeds: [1], folds: 0, bootstrap: 0 } as const
const SAID = /^tensorflow:cpu \(TensorFlow\.js 4\.22\.0\), within \d\.\de-\d+ of wasm at the first batch$/

describe('a comparison whose networks are trained on a device that is asked for', () => {
  test.each([1, 2])('says beneath the table which, and how far from wasm, with %i workers', async workers => {
    const comparison = await compare(task, outcome, models, { ...asked, device: 'tensorflow:cpu', workers })
    expect(comparison.model('dnn').runs[0]?.fitted?.device).toMatchObject({ name: 'tensorflow:cpu' })
    const { data, metadata } = comparison[DISPLAY]()
    expect(data['text/plain']).toMatch(/^Deep network \(128-64\) was trained on tensorflow:cpu .* of wasm at the first batch$/m)
    expect(metadata).toEqual({
      clvlab: {
        device: {
          name: 'tensorflow:cpu',
          difference: comparison.model('dnn').runs[0]?.fitted?.device?.difference,
          text: expect.stringMatching(SAID) as string,
        },
      },
    })
    const told = (JSON.parse(JSON.stringify(comparison)) as Pick<Comparison, 'models'>).models as readonly {
      readonly device?: object
    }[]
    expect(told.filter(({ device }) => device !== undefined)).toHaveLength(1)
  })

  test('says nothing where none was asked for', async () => {
    const comparison = await compare(task, outcome, models.slice(0, 1), asked)
    expect(comparison[DISPLAY]().metadata).toBeUndefined()
    expect(comparison[DISPLAY]().data['text/plain']).not.toContain('trained on')
  })

  test('names a device that does not work here with its reason, and goes on with the others', async () => {
    process.env['CLVLAB_WEBGPU'] = path.join(import.meta.dirname, 'nothing')
    const { failures } = await compare(task, outcome, models, { ...asked, device: 'webgpu' })
    expect(failures).toEqual([
      expect.objectContaining({
        model: 'dnn',
        reason: expect.stringMatching(/packages of WebGPU are not installed; `clvlab doctor/) as string,
      }),
    ])
  })
})
