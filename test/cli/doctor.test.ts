import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()

test('says of every device whether it works, and what would help', async () => {
  vi.stubEnv('CLVLAB_TENSORFLOW', path.join(folder, 'nothing'))
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
  vi.unstubAllEnvs()
})

test('what cannot be installed is refused', async () => {
  expect(await run('doctor', '--install', 'cuda')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/"cuda" cannot be installed/) as string,
  })
})
