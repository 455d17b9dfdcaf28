import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KERNEL_FLAGS } from '../../../lib/notebook/client/index.ts'
import { KernelHarness } from '../harness.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-reload-')))
const folder = path.join(home, 'notebooks')
let kernel: KernelHarness

/** A copy of the package, so that its library can be edited. */
beforeAll(async () => {
  for (const name of ['lib', 'dist', 'package.json', 'tsconfig.json'])
    fs.cpSync(path.join(root, name), path.join(home, name), { recursive: true, preserveTimestamps: true })
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(home, 'node_modules'))
  fs.mkdirSync(folder)
  write('lib/errors/probe.ts', 'export const probe = (): string => "first"\n')
  write('lib/errors/user.ts', 'import { probe } from "./probe.ts"\nexport const use = (n: number): string => `${probe()} ${n}`\n')
  kernel = await KernelHarness.start(folder, [
    process.execPath,
    ...KERNEL_FLAGS,
    path.join(home, 'dist/kernel/main.js'),
    '--connection-file',
    '{connection_file}',
  ])
})
afterAll(async () => {
  await kernel.stop()
  fs.rmSync(home, { recursive: true })
})

function write(name: string, text: string): void {
  fs.writeFileSync(path.join(home, name), text)
}

async function value(code: string): Promise<string | undefined> {
  const { result, error } = await kernel.run(code)
  return error === undefined ? result?.['text/plain'] : `${error.ename}: ${error.traceback.join('\n')}`
}

describe('a file beside the notebook', () => {
  test('runs as it was last saved, in the same cell, in a later one and in a function of an earlier one', async () => {
    write('notebooks/rate.ts', 'export const rate = 1\n')
    await kernel.run('import { rate } from "./rate.ts"\nconst read = () => rate')
    write('notebooks/rate.ts', 'export const rate = 20\n')
    expect(await kernel.run('rate')).toMatchObject({ stdout: 'reloaded rate.ts\n', result: { 'text/plain': '20' } })
    expect(await kernel.run('read()')).toMatchObject({ stdout: '', result: { 'text/plain': '20' } })
    write('notebooks/rate.ts', 'export const rate = 300\n')
    expect(await value('import { rate } from "./rate.ts"\nrate')).toBe('300')
  })

  test('that is gone, or cannot be loaded, fails those cells alone that use its names', async () => {
    write('notebooks/old.ts', 'export const moved = () => 1\n')
    write('notebooks/thin.ts', 'export { rate } from "./rate.ts"\n')
    write('notebooks/throws.ts', 'export const fine = 1\n')
    await kernel.run(
      'import { moved } from "./old.ts"\nimport { rate as thin } from "./thin.ts"\nimport { fine } from "./throws.ts"',
    )
    fs.renameSync(path.join(folder, 'old.ts'), path.join(folder, 'new.ts'))
    write('notebooks/throws.ts', 'export const fine = 1\nthrow new RangeError("at load")\n')
    expect((await kernel.run('1 + 1')).result).toEqual({ 'text/plain': '2' })
    expect(await value('fine')).toMatch(/^RangeError: RangeError: at load\n.*throws\.ts:2:7/)
    expect(await value('import { moved } from "./new.ts"\nmoved()')).toBe('1')
    write('notebooks/throws.ts', 'export const fine = 3\n')
    expect(await value('fine')).toBe('3')
  })

  test('is checked when it is first imported, and when what it imports has changed', async () => {
    write('notebooks/a.ts', 'import { b } from "./b.ts"\nexport const a = (): number => b(1)\n')
    write('notebooks/b.ts', 'export const b = (n: number): number => n\n')
    expect(await value('import { a } from "./a.ts"\na()')).toBe('1')
    write('notebooks/b.ts', 'export const b = (text: string): string => text\n')
    expect(await value('a()')).toMatch(/a\.ts:2:\d+ - error TS2322/)
    write('notebooks/b.ts', 'export const b = (n: number): number => 2 * n\n')
    expect(await value('a()')).toBe('2')
    write('notebooks/wrong.ts', 'const n: number = "text"\nexport const wrong = (): number => n\n')
    expect(await value('import { wrong } from "./wrong.ts"\nwrong()')).toMatch(/wrong\.ts:1:7 - error TS2322/)
    write('notebooks/wrong.ts', 'export const wrong = (): number => 4\n')
    expect(await value('import { wrong } from "./wrong.ts"\nwrong()')).toBe('4')
  })

  test('with a syntax error says where', async () => {
    write('notebooks/syntax.ts', 'export const ok = 1\nexport const = 2\n')
    expect(await value('// @ts-nocheck\nconst m = await import("./syntax.ts")')).toMatch(/syntax\.ts:2:14 - error TS1134/)
  })

  test('saved anew with the same text is not loaded anew', async () => {
    write('notebooks/same.ts', 'export const made = {}\n')
    await kernel.run('import { made } from "./same.ts"\nconst before = made')
    fs.utimesSync(path.join(folder, 'same.ts'), 1, 1)
    expect(await kernel.run('before === made')).toMatchObject({ stdout: '', result: { 'text/plain': 'true' } })
  })

  test('is checked anew: a cell that no longer fits it does not run', async () => {
    write('notebooks/shape.ts', 'export const shape = (n: number): number => n\n')
    expect(await value('import { shape } from "./shape.ts"\nshape(1)')).toBe('1')
    write('notebooks/shape.ts', 'export const shape = (n: string): string => n\n')
    expect(await value('shape(1)')).toContain("Argument of type 'number' is not assignable to parameter of type 'string'")
    expect(await value('shape("x")')).toBe("'x'")
  })

  test('with an error stops every cell, by its own name and line, until it is mended', async () => {
    write('notebooks/bad.ts', 'export const bad = 1\n')
    await kernel.run('import { bad } from "./bad.ts"')
    write('notebooks/bad.ts', '\nexport const bad: number = "x"\n')
    expect(await value('bad')).toMatch(/^TypeScriptError: bad\.ts:2:14 - error TS2322/)
    expect(await value('1')).toMatch(/^TypeScriptError: bad\.ts:2:14/)
    write('notebooks/bad.ts', 'export const bad = 2\n')
    expect(await value('bad')).toBe('2')
  })

  test('that throws as it is loaded is tried again', async () => {
    write('notebooks/throws.ts', 'export const mood: string = "calm"\n')
    await kernel.run('import { mood } from "./throws.ts"')
    write('notebooks/throws.ts', 'export const mood: string = "cross"\nthrow new Error("at load")\n')
    expect(await value('mood')).toContain('Error: at load')
    write('notebooks/throws.ts', 'export const mood: string = "sorry"\n')
    expect(await value('mood')).toBe("'sorry'")
  })

  test('that was not there when first asked for is found once it is', async () => {
    expect(await value('import { late } from "./late.ts"\nlate')).toContain('TS2307')
    write('notebooks/late.ts', 'export const late = "now"\n')
    expect(await value('import { late } from "./late.ts"\nlate')).toBe("'now'")
  })
})

describe('a file of the library', () => {
  test('is compiled and loaded anew, with those that import it and no others', async () => {
    expect(
      await value(
        'import { use } from "../lib/errors/user.ts"\nimport { ClvError } from "clvlab"\nconst error = ClvError\nuse(1)',
      ),
    ).toBe("'first 1'")
    write('lib/errors/probe.ts', 'export const probe = (): string => "second"\n')
    expect(await kernel.run('use(1)')).toMatchObject({
      stdout: 'reloaded ../lib/errors/probe.ts and 1 module that imports it\n',
      result: { 'text/plain': "'second 1'" },
    })
    expect(await value('error === ClvError')).toBe('true')
    expect(fs.readFileSync(path.join(home, 'dist/errors/probe.js'), 'utf8')).toContain('second')
    expect(fs.existsSync(path.join(home, 'dist/.stamp'))).toBe(false)
  })

  test('reaches a name imported from the package', async () => {
    const file = path.join(home, 'lib/errors/nearest.ts')
    await kernel.run('import { ClvError as Before } from "clvlab"\nimport { nearest } from "../lib/errors/index.ts"')
    fs.writeFileSync(file, `${fs.readFileSync(file, 'utf8')}\nexport const added = 7\n`)
    expect(await kernel.run('nearest("ab", ["abc"])')).toMatchObject({
      stdout: expect.stringMatching(/^reloaded \.\.\/lib\/errors\/nearest\.ts and \d+ modules that import it\n$/),
      result: { 'text/plain': "'abc'" },
    })
    expect(await value('import { added } from "../lib/errors/nearest.ts"\nadded')).toBe('7')
  })
})
