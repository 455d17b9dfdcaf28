import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CellCompiler } from '../../../lib/kernel/compiler/cell-compiler.ts'
import type { CompiledCell } from '../../../lib/kernel/compiler/cell-compiler.ts'
import type { Problem } from '../../../lib/kernel/compiler/problem.ts'

const root = path.resolve(import.meta.dirname, '../../..')
let compiler: CellCompiler

beforeAll(() => {
  compiler = new CellCompiler(path.join(root, 'notebooks'), root, 'export {}')
})
afterAll(() => compiler.close())

function accept(text: string): CompiledCell {
  const result = compiler.compile(text)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  result.cell.commit(() => true)
  return result.cell
}

function refuse(text: string): readonly Problem[] {
  const result = compiler.compile(text)
  return result.ok ? [] : result.problems
}

describe('types across cells', () => {
  test('a later cell knows the types of an earlier one', () => {
    accept('let amount: number = 1\ninterface Customer { readonly id: string }\nconst first: Customer = { id: "a" }')
    accept('amount = 2; const again: Customer = first')
    expect(refuse('amount = "two"')).toMatchObject([{ code: 2322, line: 1, column: 1, length: 6 }])
    expect(refuse('\nfirst.name')).toMatchObject([{ code: 2339, line: 2, column: 7, length: 4 }])
  })

  test('a name may be declared anew with another type', () => {
    accept('const label = 1')
    accept('const label = "one"')
    expect(accept('label.toUpperCase()').names).toEqual([])
    expect(refuse('label.toFixed()')).toMatchObject([{ code: 2551 }])
  })

  test('an unset name is not known', () => {
    const result = compiler.compile('const unsetName = 1')
    if (result.ok) result.cell.commit(() => false)
    expect(refuse('unsetName')).toMatchObject([{ code: 2304 }])
  })

  test('imports carry over, types and all', () => {
    accept('import * as aq from "arquero"')
    accept('const t = aq.table({ x: [1] })')
    expect(refuse('t.numRow()')).toMatchObject([{ code: 2551 }])
  })

  test("the project's strictness holds in a cell", () => {
    expect(refuse('function f(a) { return a }')).toMatchObject([{ code: 7006 }])
    expect(refuse('const n: number = [1][0]')).toMatchObject([{ code: 2322 }])
  })

  test('the place of an error counts in UTF-16 units behind an emoji', () => {
    expect(refuse('const e = "😀"; e.nope')).toMatchObject([{ line: 1, column: 19, length: 4 }])
  })

  test('syntax errors come alone', () => {
    expect(refuse('const = 1').map(({ code }) => code)).toEqual([1134, 1134])
  })
})

describe('code', () => {
  test('lines stay where they are', () => {
    const text = 'type A = {\n  b: string\n}\nfunction f<T>(\n  a: T,\n): T {\n  return a\n}\nf(1)'
    expect(accept(text).body.split('\n')).toHaveLength(text.split('\n').length)
  })

  test.each([
    ['a variable is a property of the scope', 'let v1: number = 1', ';   $clv.v1         = 1;'],
    ['an arrow function keeps its name', 'const f1 = () => 1', ';     $clv.f1 = {f1:() => 1}.f1;'],
    [
      'a pattern is assigned to',
      'const { p1, q1: [r1 = 2] } = { p1: 1, q1: [3] }',
      ';     ({ p1:$clv.p1, q1: [$clv.r1 = 2] } = { p1: 1, q1: [3] });',
    ],
    ['the last expression is the value', '1 + 1 as number', ';return (1 + 1          )'],
    ['a type is erased', 'interface Gone { a: 1 }', ';                      '],
    [
      'a parameter that shadows stays',
      'let w1 = 1; ((w1: number) => w1)(2)',
      ';   $clv.w1 = 1;; ;return (((w1        ) => w1)(2))',
    ],
    ['a class is bound too', 'class C1 { private x = 1 }', ';$clv.C1=class C1 { ;       x = 1 };'],
  ])('%s', (_, text, body) => {
    expect(accept(text).body).toBe(body)
  })

  test('a call of a session function passes no receiver and does not continue the line above', () => {
    accept('function g1() {}')
    expect(accept('const z1 = 1\ng1()\n1').body).toBe(';     $clv.z1 = 1;\n;(0,$clv.g1)()\n;return (1)')
  })

  test('a place in the code leads back to the cell', () => {
    const text = 'const w2 = 1; w2.toFixed()'
    const { body, original } = accept(text)
    expect(original(body.indexOf('toFixed'))).toBe(text.indexOf('toFixed'))
  })

  test('what cannot be erased is refused', () => {
    expect(refuse('enum E { A }')).toMatchObject([{ code: 1294 }])
  })
})
