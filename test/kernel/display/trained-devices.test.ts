import { afterEach, expect, test } from 'vitest'
import { tellUse } from '../../../lib/engine/index.ts'
import { saysDevice, TrainedDevices } from '../../../lib/kernel/display/trained-devices.ts'

afterEach(() => Reflect.deleteProperty(globalThis, Symbol.for('clvlab.trained')))

test('devices that are told of are shown once, each where it was furthest from wasm, and for the report', () => {
  tellUse({ name: 'webgpu', difference: 1 })
  const trained = new TrainedDevices()
  trained.listen()
  expect(trained.take()).toBeUndefined()
  tellUse({ name: 'webgpu', about: 'a [card]', difference: 1e-6 })
  tellUse({ name: 'webgpu', about: 'a [card]', difference: 3e-6 })
  tellUse({ name: 'webgpu', about: 'a [card]', difference: 2e-6 })
  tellUse({ name: 'wasm', choice: 'auto took wasm' })
  const shown = trained.take()
  const text = 'webgpu (a [card]), within 3.0e-6 of wasm at the first batch'
  expect(shown?.data['text/plain']).toBe(`Trained on ${text}; and on wasm; auto took wasm.`)
  expect(shown?.data['text/markdown']).toContain(String.raw`a \[card\]`)
  expect(shown?.metadata).toEqual({
    clvlab: { device: { name: 'webgpu and wasm', difference: 3e-6, text: `${text}; wasm; auto took wasm` } },
  })
  expect(trained.take()).toBeUndefined()
})

test('a comparison tells its devices itself', () => {
  expect(saysDevice({ clvlab: { device: {} } })).toBe(true)
  expect(saysDevice({ clvlab: {} })).toBe(false)
  expect(saysDevice({})).toBe(false)
})
