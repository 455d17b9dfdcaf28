import { describe, expect, test } from 'vitest'
import type { CodeCell } from '../../../lib/notebook/index.ts'
import { namesOf } from '../../../lib/notebook/resume/names.ts'
import { neededBefore } from '../../../lib/notebook/resume/needed.ts'

const cell = (source: string, tags: readonly string[] = []): CodeCell => ({
  cell_type: 'code',
  id: 'x',
  metadata: { tags },
  source,
  execution_count: null,
  outputs: [],
})
const sorted = (places: ReadonlySet<number>): number[] => [...places].sort((a, b) => a - b)
const needed = (...sources: readonly string[]): number[] =>
  sorted(
    neededBefore(
      sources.map(source => cell(source)),
      sources.length - 1,
    ),
  )

describe('what may have changed a value runs again', () => {
  test.each([
    ['a function of the notebook', ['const rows = []', 'function add(x) { rows.push(x) }', 'add(1); add(2)', 'rows.length + 0']],
    ['an arrow function that assigns', ['let total = 0', 'const bump = () => { total += 1 }', 'bump()', 'total + 0']],
    ['a method', ['const c = new Counter()', 'c.bump()', 'c.n + 0']],
    ['an iterator', ['const it = g()', 'it.next().value', 'it.next().value + 0']],
    ['a loop over an outer variable', ['let last = 0', 'for (last of [1, 2, 3]) {}', 'last + 0']],
    ['a function that changes what it is given', ['let xs = [3, 1]', 'const sortIt = v => v.sort()', 'sortIt(xs)', 'xs.join()']],
    ['hidden state', ['const next = (() => { let n = 0; return () => ++n })()', 'next()', 'next() + 0']],
    [
      'a function that calls another',
      ['const xs = []', 'const put = v => xs.push(v)', 'const twice = v => { put(v); put(v) }', 'twice(1)', 'xs.length'],
    ],
    ['a callback that is only named', ['const xs = []', 'const put = v => { xs.push(v) }', '[1, 2].forEach(put)', 'xs.length']],
    [
      'a method that bears a harmless name',
      ['class Counter { n = 0; get() { return ++this.n } }', 'const c = new Counter()', 'c.get()', 'c.n + 0'],
    ],
    ['a getter', ['const c = { n: 0, get next() { return ++this.n } }', 'c.next', 'c.next + 0']],
    ['a value that counts its readers', ['let n = 0\nconst c = { toString: () => String(++n) }', '`${c}`', 'n']],
    ['another name, given later', ['const o = {}', 'const xs = []', 'o.xs = xs', 'o.xs.push(1)', 'xs.length']],
    ['a name behind names', ['const l = []', 'const m = l', 'const n = m', 'n.push(1)', 'l.length']],
    ['a module of the project', ['import { add, count } from "./state.ts"', 'add(1)', 'count()']],
    ['what such a module may change', ['import { shuffle } from "./shuffle.ts"', 'const xs = [1, 2]', 'shuffle(xs)', 'xs']],
    ['a source of random numbers', ['import { Random } from "clvlab"', 'const r = Random.of(1)', 'simulate(r)', 'r.next()']],
    ['a file', ['import fs from "node:fs"', 'fs.writeFileSync("a", "b")', 'fs.readFileSync("a")']],
    [
      'a file, by a function',
      ['import { rm } from "node:fs/promises"', 'const clear = () => rm("a")', 'await clear()', 'read("a")'],
    ],
    ['a tagged template', ['const xs = []', 'const tag = t => xs.push(t)', 'tag`a`', 'xs']],
    ['a prototype', ['Array.prototype.zz = 1', '[].zz']],
  ])('%s', (_, sources) => {
    expect(needed(...sources)).toEqual(sources.slice(0, -1).map((__, i) => i))
  })

  test('and what has not does not', () => {
    expect(
      needed('const a = 1', 'const share = (x, y) => x / y', 'share(a, 2)', 'a.toFixed(2)', 'console.log(a)', 'a + share(1, 2)'),
    ).toEqual([0, 1])
    expect(needed('import { compare } from "clvlab"', 'const a = [1]', 'const report = compare(a)', 'a.length')).toEqual([1])
    expect(needed('const n: number = 1', 'const a = [n]', 'const b = [n]; b.push(2)', 'a.length')).toEqual([0, 1])
    expect(needed('import fs from "node:fs"', 'const text = fs.readFileSync("a", "utf8")', 'text', '2')).toEqual([])
  })
})

describe('names', () => {
  test.each([
    ['const a = 1, b = 2', 'a b'],
    ['let { a, b: c, ...d } = f(x)', 'a b c d'],
    ['const [a, [b]] = x\nfoo(y)', 'a b'],
    ['import a, { b as c, type D } from "m"', 'D a as b c'],
    ['import * as ns from "m"', 'as ns'],
    ['export async function* f(p) { const q = 1 }', 'f'],
    ['class A { m() { let b } }\ninterface B {}\ntype C = 1', 'A B C'],
    ['if (x) { var v = 1; const w = 2 }', 'v'],
    ['for (const i of list) { use(i) }', ''],
    ['// const a = 1\n/* let b */ "const c"', ''],
  ])('%j declares %j', (source, declared) => {
    expect([...namesOf(source).declares].sort().join(' ')).toBe(declared)
  })

  test.each([
    ['a = 1', 'a'],
    ['a.b[c] += 1', 'a c'],
    ['a++; --b', 'a b'],
    ['[a, b] = [b, a]', 'a b'],
    ['rows.map(f).sort()', 'f rows'],
    ['table.set(key, 1)', 'key table'],
    ['Object.assign(a, b)', 'Object a'],
    ['delete a.b', 'a'],
    ['const a = 1\nlet b: number = 2', ''],
    ['a === b; f(a); a.map(x => x + 1); `${a}`', ''],
  ])('%j changes %j', (source, changed) => {
    expect([...namesOf(source).changes].sort().join(' ')).toBe(changed)
  })

  test('members, texts, comments and regular expressions mention nothing; what is put into a template does', () => {
    expect([...namesOf('a.b + "c" + `d ${e.f} g` + /h/.test(i) // j').mentions].sort()).toEqual(['a', 'e', 'i'])
  })
})

describe('the cells that a changed one needs', () => {
  test('are those that declare what it mentions, and what they need; shown charts are not', () => {
    expect(needed('const data = 1', 'const table = load(data)', 'chart(table)', 'const other = 2', 'table')).toEqual([0, 1])
  })
  test('none, where it stands alone', () => {
    expect(needed('const a = 1', 'a', '2')).toEqual([])
  })
  test('are those that assign or change what it mentions, by another name too', () => {
    expect(needed('let a = 1', 'a = 2', 'a')).toEqual([0, 1])
    expect(needed('const list = [1]', 'list.push(2)', 'list')).toEqual([0, 1])
    expect(needed('const list = [1]', 'const same = list', 'same.push(2)', 'list')).toEqual([0, 1, 2])
  })
  test('are those behind a function that change what it reads', () => {
    expect(needed('let a = 1\nconst read = () => a', 'a = 2', 'read()')).toEqual([0, 1])
  })
  test('are those that change what has no name here', () => {
    expect(needed('globalThis.rate = 2', 'process.env.A = "1"', 'import "./setup.ts"', '1')).toEqual([0, 1, 2])
  })
  test('are those told to run always', () => {
    expect(sorted(neededBefore([cell('const a = 1'), cell('f(a)', ['always']), cell('2')], 2))).toEqual([0, 1])
  })
})
