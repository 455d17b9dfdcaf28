import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { loadTensorFlowDevice, nativePackages, probe, tensorFlowFolder } from '../../../../lib/engine/index.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-native-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

/** A package of that name whose loading does what `source` says. */
function fake(name: string, source: string): string {
  const place = path.join(folder, name)
  const own = path.join(place, 'node_modules/@tensorflow/tfjs-node')
  fs.mkdirSync(own, { recursive: true })
  fs.writeFileSync(path.join(place, 'package.json'), '{}')
  fs.writeFileSync(path.join(own, 'package.json'), '{"main":"index.js"}')
  fs.writeFileSync(path.join(own, 'index.js'), source)
  return place
}

test('the folder is one of the user, or the one that is named', () => {
  expect(tensorFlowFolder({ CLVLAB_TENSORFLOW: '/opt/tf' })).toBe('/opt/tf')
  expect(tensorFlowFolder({ XDG_CACHE_HOME: '/c' })).toBe(path.join('/c', 'clvlab', 'tensorflow'))
})

describe('a native library that is broken', () => {
  test.each([
    ['throws', "throw new Error('libtensorflow.so.2: cannot open shared object file')", /cannot open shared object file/],
    ['ends the process', 'process.abort()', /SIGABRT/],
    [
      'multiplies wrongly',
      'module.exports = { matMul: () => ({ dataSync: () => [12] }), backend: () => ({ binding: {} }) }',
      /multiplied wrongly/,
    ],
  ])('that %s is found out without harm', async (name, source, why) => {
    vi.stubEnv('CLVLAB_TENSORFLOW', fake(name, source))
    const [found] = nativePackages()
    expect(found).toMatchObject({ name: '@tensorflow/tfjs-node' })
    expect(probe(found as NonNullable<typeof found>)).toMatchObject({ works: false, why: expect.stringMatching(why) as string })
    await expect(loadTensorFlowDevice({ backend: 'native' })).rejects.toMatchObject({
      code: 'no-tensorflow',
      where: expect.stringMatching(why) as string,
    })
    expect((await loadTensorFlowDevice()).name).toBe('tensorflow:wasm')
  })
})
