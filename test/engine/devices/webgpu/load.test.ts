import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { deviceName, loadDevice, loadWebgpuDevice, webgpuFolder } from '../../../../lib/engine/index.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-webgpu-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

/** Packages of those names; Dawn does what `source` says. */
function fake(name: string, source: string): string {
  const place = path.join(folder, name)
  const put = (own: string, manifest: object, index: string): void => {
    fs.mkdirSync(path.join(place, 'node_modules', own), { recursive: true })
    fs.writeFileSync(path.join(place, 'node_modules', own, 'package.json'), JSON.stringify(manifest))
    fs.writeFileSync(path.join(place, 'node_modules', own, 'index.js'), index)
  }
  fs.mkdirSync(place)
  fs.writeFileSync(path.join(place, 'package.json'), '{}')
  put('webgpu', { main: 'index.js', type: 'module' }, source)
  put(
    '@tensorflow/tfjs-core',
    { main: 'index.js' },
    'exports.setBackend = async () => true; exports.matMul = () => ({ data: async () => [12] })',
  )
  put('@tensorflow/tfjs-backend-webgpu', { main: 'index.js' }, '')
  return place
}

const adapter = "{ info: { vendor: 'v', architecture: 'a', device: 'd', description: 'Card' } }"

describe('a WebGPU that does not work is found out without harm', () => {
  test.each([
    ['without an adapter', 'export const globals = {}, create = () => ({ requestAdapter: async () => null })', /no adapter/],
    ['that ends the process', 'process.abort()', /SIGABRT/],
    ['that throws', "throw new Error('libvulkan.so.1: cannot open shared object file')", /cannot open shared object file/],
    [
      'that multiplies wrongly',
      `export const globals = {}, create = () => ({ requestAdapter: async () => (${adapter}) })`,
      /multiplied wrongly/,
    ],
  ])('%s', async (name, source, why) => {
    vi.stubEnv('CLVLAB_WEBGPU', fake(name.replaceAll(' ', '-'), source))
    await expect(loadWebgpuDevice()).rejects.toMatchObject({ code: 'no-webgpu', what: expect.stringMatching(why) as string })
  })

  test('that is not installed', async () => {
    vi.stubEnv('CLVLAB_WEBGPU', path.join(folder, 'nothing'))
    await expect(loadDevice('webgpu')).rejects.toMatchObject({
      code: 'no-webgpu',
      remedy: expect.stringContaining('doctor --install webgpu') as string,
    })
  })
})

test('the folder is one of the user, or the one that is named', () => {
  expect(webgpuFolder({ CLVLAB_WEBGPU: '/opt/gpu' })).toBe('/opt/gpu')
  expect(webgpuFolder({ XDG_CACHE_HOME: '/c' })).toBe(path.join('/c', 'clvlab', 'webgpu'))
})

test('a device that nobody has heard of is refused, and the nearest one named', async () => {
  expect(deviceName('auto')).toBe('auto')
  expect(() => deviceName('tensorflow:nativ')).toThrow(/did you mean tensorflow:native/)
  expect((await loadDevice('reference')).name).toBe('reference')
})
