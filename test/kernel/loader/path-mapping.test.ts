import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mappedFile } from '../../../lib/kernel/loader/path-mapping.ts'
import { KernelHarness } from '../harness.ts'

const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-paths-')))
afterAll(() => fs.rmSync(home, { recursive: true }))

function write(name: string, text: string): void {
  const file = path.join(home, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
}

beforeAll(() => {
  write(
    'src/one.ts',
    "import { two } from '@lib/two'\nimport { three } from './three.js'\nexport const one = (): number => two + three\n",
  )
  write('src/two.ts', 'export const two: number = 2\n')
  write('src/three.ts', 'export const three: number = 3\n')
  write('other/two.ts', 'export const two: number = 20\n')
  write(
    'base.json',
    '{ "compilerOptions": { "module": "nodenext", "strict": true, "paths": { "@lib/*": ["./gone/*.ts", "./src/*.ts"], "the-one": ["./src/one.ts"] } } }',
  )
  write('tsconfig.json', '{ "extends": "./base.json" }')
})

describe('paths', () => {
  const targets = { '*': ['./other/*'], '@lib/*': ['./gone/*', './src/*'], '@lib/t*': ['./src/t*.ts'], exact: ['src/one.ts'] }
  test.each([
    ['exact', 'src/one.ts'],
    ['@lib/one', 'src/one.ts'],
    ['@lib/one.js', 'src/one.ts'],
    ['@lib/two', 'src/two.ts'],
    ['two', 'other/two.ts'],
  ])('%s is %s', (specifier, file) => {
    expect(mappedFile(specifier, { base: home, targets })).toBe(path.join(home, file))
  })

  test('a name that leads to no file is left to the packages', () => {
    expect(mappedFile('@lib/none', { base: home, targets })).toBeUndefined()
    expect(mappedFile('react', { base: home, targets: {} })).toBeUndefined()
  })
})

describe('a project outside the package', () => {
  let kernel: KernelHarness
  beforeAll(async () => {
    fs.mkdirSync(path.join(home, 'notebooks'))
    kernel = await KernelHarness.start(path.join(home, 'notebooks'))
  })
  afterAll(async () => kernel.stop())

  test('runs what its tsconfig.json lets the compiler accept: in cells, in files, and beside the names of this package', async () => {
    const { result, error } = await kernel.run(
      'import { one } from "the-one"\nimport { two } from "@lib/two"\nimport { ClvError } from "clvlab"\n[one(), two, typeof ClvError]',
    )
    expect(error).toBeUndefined()
    expect(result?.['text/plain']).toBe("[ 5, 2, 'function' ]")
  })

  test('a file found by paths is loaded anew when it changes', async () => {
    write('src/two.ts', 'export const two: number = 200\n')
    expect(await kernel.run('one()')).toMatchObject({ result: { 'text/plain': '203' } })
  })
})
