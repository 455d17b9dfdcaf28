import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { cureFor } from '../../lib/cli/doctor-cures.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()

test('says of every device whether it works, and what would help', async () => {
  vi.stubEnv('CLVLAB_TENSORFLOW', path.join(folder, 'nothing'))
  vi.stubEnv('CLVLAB_WEBGPU', path.join(folder, 'nothing'))
  const { code, stdout } = await run('doctor', '--json')
  expect(code).toBe(0)
  const found = JSON.parse(stdout) as readonly { device: string; works: boolean; about: string }[]
  expect(found.filter(({ works }) => works).map(({ device }) => device)).toEqual([
    'wasm',
    'reference',
    'tensorflow:wasm',
    'tensorflow:cpu',
  ])
  expect(found.find(({ device }) => device === 'tensorflow:native')).toMatchObject({
    works: false,
    about: expect.stringContaining('doctor --install tensorflow') as string,
  })
  expect(found.find(({ device }) => device === 'webgpu')).toMatchObject({
    works: false,
    about: expect.stringContaining('doctor --install webgpu') as string,
  })
  vi.unstubAllEnvs()
})

test('what cannot be installed is refused', async () => {
  expect(await run('doctor', '--install', 'cuda')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/"cuda" cannot be installed/) as string,
  })
})

test.each([
  ['libvulkan.so.1: cannot open shared object file: No such file or directory', /libvulkan1/],
  ['there is no adapter: no graphics card', /VK_ICD_FILENAMES/],
  ['libtensorflow.so.2: cannot open shared object file', /builds both anew/],
  ['Could not load dynamic library libcudart.so.12', /docs\/devices\.md/],
  ['was compiled against a different Node.js version using NODE_MODULE_VERSION 115', /builds it anew/],
  ["/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found", /older than the library/],
])('knows a cure for %s', (why, cure) => expect(cureFor(why)).toMatch(cure))

test('says so where it knows none', () => expect(cureFor('it ended with SIGILL')).toBeUndefined())
