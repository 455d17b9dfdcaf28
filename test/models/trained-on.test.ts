import { expect, test } from 'vitest'
import { wasm } from '../../lib/engine/index.ts'
import { trainedOn, usedBy } from '../../lib/models/trained-on.ts'

const use = { name: 'webgpu', difference: 1e-6 }

test('a state tells the device that was asked for, and nothing of the default', () => {
  expect(trainedOn('webgpu', [use, { ...use, difference: 3e-6 }])).toEqual({ device: { ...use, difference: 3e-6 } })
  expect(trainedOn('auto', [{ name: 'wasm', choice: 'auto took wasm' }])).toEqual({
    device: { name: 'wasm', choice: 'auto took wasm' },
  })
  for (const none of [undefined, 'wasm', wasm] as const) expect(trainedOn(none, [{ name: 'wasm' }])).toEqual({})
  expect(usedBy([undefined])).toEqual({})
})
