import os from 'node:os'
import vm from 'node:vm'
import { afterAll, describe, expect, test } from 'vitest'
import { TypeScriptFiles } from '../../../lib/kernel/loader/typescript-files.ts'

const files = new TypeScriptFiles(os.tmpdir())
afterAll(() => files.close())

/** Blanks are what stripping leaves; without them the code is easier to read. */
function stripped(text: string): string {
  return files
    .strip(text)
    .replace(/[ \t]+/g, ' ')
    .trim()
}

describe('stripTypes', () => {
  test.each([
    ['const a: number = 1', 'const a = 1'],
    ['let a!: string', 'let a'],
    ['f<number>(x as any, y!, <any>z)', 'f (x , y , z)'],
    ['function f<T extends U = V>(this: X, a?: T, ...b: T[]): asserts a is T {}', 'function f ( a , ...b ) {}'],
    ['function f(a: string): void\nfunction f(a: unknown) {}', '; \nfunction f(a ) {}'],
    ['import { type A, b } from "m"', 'import { b } from "m"'],
    ['import type { A } from "m"\nexport type { A }', '; \n;'],
    [
      'class A<T> extends B<T> implements C, D { declare x: 1; static readonly y?: T = 2; constructor(private: T) { super() } get z(): T { return this.y! } }',
      'class A extends B { ; static y = 2; constructor(private ) { super() } get z() { return this.y } }',
    ],
    ['abstract class A { abstract b(): void; abstract c: string; protected override d() {} }', 'class A { ; ; ; d() {} }'],
    ['const f = async <T,>(a: T): Promise<T> => a', 'const f = async (a ) => a'],
    ['try {} catch (e: unknown) {}', 'try {} catch (e ) {}'],
    ['declare const a: 1; declare module "x" {}', '; ;'],
    ['const a = b satisfies C', 'const a = b'],
  ])('%s', (text, js) => {
    expect(stripped(text)).toBe(js)
  })

  test('a statement that a type ended still ends', () => {
    expect(files.strip('a as any\n(b)')).toBe('a;      \n(b)')
  })

  test('an arrow follows its parameters on the same line', () => {
    expect(() => new vm.Script(files.strip('const f = (a: 1): {\n  b: 1\n} => a'))).not.toThrow()
  })

  test('every line and every column that stays keeps its place', () => {
    const text = 'const a: Map<string,\n  number> = new Map<string, number>(); a.size'
    const js = files.strip(text)
    expect(js.length).toBe(text.length)
    expect(js.indexOf('a.size')).toBe(text.indexOf('a.size'))
  })

  test.each([
    'enum A { B }',
    'namespace A { export const b = 1 }',
    'class A { constructor(private b: string) {} }',
    'import a = require("b")',
  ])('%s is refused', text => {
    expect(() => files.strip(text)).toThrow(/cannot be turned into JavaScript/)
  })
})
