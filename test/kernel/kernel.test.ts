import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KernelHarness } from './harness.ts'

const folder = path.resolve(import.meta.dirname, '../fixtures/notebooks')
let kernel: KernelHarness

beforeAll(async () => {
  kernel = await KernelHarness.start(folder)
})
afterAll(async () => kernel.stop())

describe('values and output', () => {
  test('the last value is the result', async () => {
    expect(await kernel.run('1 + 1')).toMatchObject({ status: 'ok', result: { 'text/plain': '2' } })
    expect(await kernel.run('Promise.resolve("later")')).toMatchObject({ result: { 'text/plain': "'later'" } })
    expect((await kernel.run('const quiet = 1')).result).toBeUndefined()
  })

  test('a value shows itself', async () => {
    const { result } = await kernel.run(
      '({ [Symbol.for("clvlab.display")]: () => ({ data: { "text/plain": "me", "text/html": "<b>me</b>" } }) })',
    )
    expect(result).toEqual({ 'text/plain': 'me', 'text/html': '<b>me</b>' })
  })

  test('rows, an Arquero table and a typed array have forms of their own', async () => {
    expect((await kernel.run('[{ a: 1, b: "<x>" }, { a: 2, b: null }]')).result?.['text/html']).toContain('&#60;x&#62;')
    expect((await kernel.run('import * as aq from "arquero"\naq.table({ a: [1, 2] })')).result?.['text/plain']).toBe(
      'a\n─\n1\n2\n2 rows × 1 column',
    )
    expect((await kernel.run('Float64Array.from({ length: 1000 }, (_, i) => i)')).result?.['text/plain']).toMatch(
      /^Float64Array\(1000\) 0 to 999 \[0, 1, .*…\]$/,
    )
  })

  test('100,000 lines arrive, in order, in few messages, before the cell is idle', async () => {
    const { stdout, messages } = await kernel.run('for (let i = 0; i < 100000; i++) console.log(i)')
    expect(stdout).toBe(Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(''))
    expect(messages.length).toBeLessThan(200)
    expect(messages.at(-1)).toBe('status')
  })

  test('too much output is cut with a notice', async () => {
    const { stdout } = await kernel.run('for (let i = 0; i < 20; i++) console.log("x".repeat(1e6))')
    expect(stdout.length).toBeLessThan(710_000)
    expect(stdout).toContain('the rest is not shown')
  })

  test('so is too long a value, a form of a bundle, and a message; what is no JSON fails its cell', async () => {
    const { result } = await kernel.run('Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => "x".repeat(1000)))')
    expect(result?.['text/plain']).toMatch(/\[clvlab: \d+ more characters are not shown\]$/)
    const { displays } = await kernel.run(
      'displayBundle({ data: { "text/html": "h".repeat(5e7), "text/plain": "x" } }); undefined',
    )
    expect(displays).toEqual([{ 'text/plain': 'x\n[clvlab: not shown, it is longer than 900000 characters: text/html]' }])
    const { error } = await kernel.run('throw new Error("e".repeat(5e7))')
    expect(JSON.stringify(error).length).toBeLessThan(100_000)
    const circular = await kernel.run(
      'const ring: any = {}; ring.self = ring; displayBundle({ data: { "application/json": ring } })',
    )
    expect(circular.error).toMatchObject({
      ename: 'KernelError',
      evalue: expect.stringContaining('application/json is not JSON'),
    })
    expect((await kernel.run('({ [Symbol.for("clvlab.display")]: () => null })')).error?.evalue).toMatch(/is no bundle/)
    expect(await kernel.run('1')).toMatchObject({ status: 'ok' })
  })

  test('a split character is put together', async () => {
    expect(
      (await kernel.run('process.stdout.write(Buffer.from([0xe2, 0x82])); process.stdout.write(Buffer.from([0xac])); undefined'))
        .stdout,
    ).toBe('€')
  })

  test("tslab's display API works", async () => {
    expect((await kernel.run('import { display as show } from "tslab"\nshow.html("<i>x</i>")')).displays).toEqual([
      { 'text/html': '<i>x</i>' },
    ])
  })

  test('a display is updated in place', async () => {
    const { messages } = await kernel.run('const shown = display(1); shown.update(2)')
    expect(messages).toContain('update_display_data')
  })
})

describe('cells', () => {
  test.each([
    ['await (1)\n1'],
    ['await [1]\n1'],
    ['await `x`\n1'],
    ['for await (const z of [1]) z\n1'],
    ['const { w } = await { w: 1 }\nw'],
    ['let r = 0; if (await true) r = 1\nr'],
    ['const a1 = (await import("node:path")).sep === "/" ? 1 : 1\na1'],
    ['[await 1, 2][0]'],
  ])('top-level await: %s', async code => {
    expect((await kernel.run(code)).result?.['text/plain']).toBe('1')
  })

  test('a closure sees what a later cell assigns, and declares anew', async () => {
    await kernel.run('let x1 = 1; const read = () => x1')
    await kernel.run('x1 = 2')
    expect((await kernel.run('read()')).result?.['text/plain']).toBe('2')
    await kernel.run('let x1 = 3')
    expect((await kernel.run('read()')).result?.['text/plain']).toBe('3')
  })

  test('a class sees itself while it is made', async () => {
    expect(
      (await kernel.run('class Own { static x = 1; static y = Own.x + 1; static one = new Own() }\nOwn.y')).result?.[
        'text/plain'
      ],
    ).toBe('2')
  })

  test('the package is one module, by name and by path', async () => {
    expect(
      (
        await kernel.run(
          'import { ClvError } from "clvlab"\nimport { ClvError as Same } from "../../../lib/index.ts"\nClvError === Same',
        )
      ).result?.['text/plain'],
    ).toBe('true')
  })

  test('a training shows its progress in one place, updating it', async () => {
    const { displays, messages, error } = await kernel.run(`
import { nn, Seed } from "clvlab"
const line = nn.network({ columns: 1, layers: [nn.dense(1)], loss: nn.meanSquaredError })
const data = { rows: 3, x: Float32Array.of(1, 2, 3), y: Float32Array.of(2, 4, 6) }
await nn.train(line, data, { epochs: 4, seed: Seed.of(1), onProgress: nn.notebookProgress(display, { between: 0 }) })`)
    expect(error).toBeUndefined()
    expect(messages.filter(each => each === 'display_data')).toHaveLength(1)
    expect(messages.filter(each => each === 'update_display_data')).toHaveLength(3)
    expect(displays[0]?.['text/html']).toContain('<progress value="1" max="4"')
  })

  test('a TypeScript file beside the notebook is imported', async () => {
    expect((await kernel.run('import { greet } from "./greeting.ts"\ngreet("you")')).result?.['text/plain']).toBe("'hello you'")
  })

  test('an ES module with types and a top-level await of its own', async () => {
    expect(
      (
        await kernel.run(
          'import { compile } from "vega-lite"\ncompile({ mark: "bar", data: { values: [1] } }).spec.marks?.length',
        )
      ).result?.['text/plain'],
    ).toBe('1')
  })
})

describe('errors', () => {
  test('have a name, a value and places in the cell', async () => {
    const { status, error } = await kernel.run('function bad(): never {\n  throw new RangeError("no")\n}\nbad()')
    expect(status).toBe('error')
    expect(error).toEqual({
      ename: 'RangeError',
      evalue: 'no',
      traceback: [
        'RangeError: no',
        expect.stringMatching(/at bad \(Cell \[\d+\]:2:9\)$/),
        expect.stringMatching(/at Cell \[\d+\]:4:4$/),
      ],
    })
  })

  test('name what was called as the cell does', async () => {
    const { error } = await kernel.run('const nothing: any = undefined\nnothing()')
    expect(error?.evalue).toBe('nothing is not a function')
  })

  test('that cannot be shown, or go in a circle, end their cell all the same', async () => {
    const circle = await kernel.run(
      'const ring2: any = new Error("round"); ring2.cause = new Error("and", { cause: ring2 }); throw ring2',
    )
    expect(circle.error?.traceback.at(-1)).toBe('  caused by: Error, told above')
    expect(await kernel.run('throw Object.defineProperty(new Error(), "stack", { get() { throw 1 } })')).toMatchObject({
      status: 'error',
    })
    const several = await kernel.run('await Promise.any([Promise.reject(new Error("one")), Promise.reject(new Error("two"))])')
    expect(several.error?.traceback.join()).toMatch(/one of them: Error: one[\s\S]*one of them: Error: two/)
  })

  test('a type error runs nothing and shows code, place and underline', async () => {
    const { error, stdout } = await kernel.run('console.log("ran")\nconst n: number = "one"')
    expect(stdout).toBe('')
    expect(error?.ename).toBe('TypeScriptError')
    expect(error?.traceback[0]).toMatch(
      /Cell \[\d+\]:2:7 - error TS2322: Type 'string' is not assignable to type 'number'\.\n\n2 \| const n: number = "one"\n {2}\| {7}~$/,
    )
  })

  test('a check in a cell that does not compile gives its hint below', async () => {
    const cell = (check: string): string => `const share: number = "one"\n${check}`
    const { error } = await kernel.run(cell("check('the share', () => share === 0.5, 'divide')"))
    expect(error?.traceback.at(-1)).toBe('not yet: the share\n  hint: divide')
    const plain = await kernel.run(cell("checkAll('the share', () => share === 0.5, 'divide')"))
    expect(plain.error?.traceback.join()).not.toContain('hint')
  })

  test.each([
    ['import x from "no-such-package/part"', 'npm install no-such-package, in the notebook'],
    ['import x from "@scope/none"', 'npm install @scope/none, in the notebook'],
    ['import x from "./none.ts"', 'check the path, which is seen from the notebook'],
  ])('a module that is not there says the way out: %s', async (code, way) => {
    expect((await kernel.run(code)).error?.traceback[0]).toContain(`\n\nway out: ${way}`)
  })

  test("of the checker are let pass, line by line, by the compiler's own comments", async () => {
    expect((await kernel.run('// @ts-expect-error on purpose\nconst odd: number = "one"\nodd')).result?.['text/plain']).toBe(
      "'one'",
    )
    expect((await kernel.run('// @ts-ignore\nconst odder: number = "two"\nodder')).result?.['text/plain']).toBe("'two'")
    expect((await kernel.run('// @ts-expect-error nothing is wrong\nconst even = 2')).error?.evalue).toMatch(/^TS2578/)
    expect((await kernel.run('// @ts-nocheck\nconst oddest: number = odd + "!"\noddest')).result?.['text/plain']).toBe("'one!'")
    expect((await kernel.run('// @ts-nocheck\nthrow new Error(odd as never)')).error?.traceback[1]).toMatch(/:2:7$/)
  })

  test('of ours say the way out', async () => {
    const { error } = await kernel.run(
      'import { DataError } from "clvlab"\nthrow new DataError({ code: "x", what: "broken", where: "line 3", remedy: "mend it" })',
    )
    expect(error?.traceback[0]).toBe('DataError: broken\n  where: line 3\n  way out: mend it')
  })

  test('a rejection that nobody awaits fails its cell', async () => {
    expect(await kernel.run('void Promise.reject(new Error("loose"))')).toMatchObject({
      status: 'error',
      error: { evalue: 'loose' },
    })
  })

  test('process.exit is caught', async () => {
    expect(await kernel.run('process.exit(3)')).toMatchObject({
      status: 'error',
      error: { evalue: 'the cell called process.exit(3)' },
    })
  })

  test('cells that wait behind a failed one are not run, and a later one is', async () => {
    // the first takes long enough for the others to have arrived
    const all = await Promise.all(
      ['await new Promise(resolve => setTimeout(resolve, 500)); throw 1', '2', '3'].map(async code => kernel.run(code)),
    )
    expect(all.map(({ status }) => status)).toEqual(['error', 'aborted', 'aborted'])
    expect(await kernel.run('4')).toMatchObject({ status: 'ok' })
  })

  test('readline asks whoever runs the notebook, and is refused where nobody can answer', async () => {
    const code =
      'import readline from "node:readline/promises"\nconst rl = readline.createInterface({ input: process.stdin, output: process.stdout })\nconst said = await rl.question("who? "); rl.close(); said'
    const asking = await KernelHarness.start(folder)
    expect((await asking.run(code)).error).toMatchObject({
      ename: 'KernelError',
      evalue: expect.stringContaining('nobody can answer'),
    })
    await asking.stop()
    const answering = await KernelHarness.start(folder)
    answering.client.onInput(() => 'Ada')
    expect((await answering.run(code, true)).result?.['text/plain']).toBe("'Ada'")
    await answering.stop()
  })

  test('a question that nobody can answer is refused', async () => {
    expect(await kernel.run('await input("?")')).toMatchObject({ status: 'error', error: { ename: 'KernelError' } })
  })
})

describe('other requests', () => {
  test('completion counts code points', async () => {
    expect(await kernel.ask('complete_request', { code: 'const e = "😀"; e.toU', cursor_pos: 20 })).toMatchObject({
      matches: ['toUpperCase'],
      cursor_start: 17,
      cursor_end: 20,
    })
  })

  test('completion knows the names of earlier cells', async () => {
    expect((await kernel.ask('complete_request', { code: 'rea', cursor_pos: 3 }))['matches']).toContain('read')
  })

  test.each([
    ["import { greet } from './gre", ['greeting.ts'], 25],
    ["import { greet } from '../../../li", ['lib/'], 32],
    ["import * as clv from 'clvl", ['clvlab'], 22],
    ["await import('node:fs/", ['node:fs/promises'], 14],
  ])('completion inside an import path: %s', async (code, matches, start) => {
    expect(await kernel.ask('complete_request', { code, cursor_pos: code.length })).toMatchObject({
      matches,
      cursor_start: start,
    })
  })

  test('inspection shows our docstrings, parameters and errors included', async () => {
    await kernel.run('import { check } from "clvlab"')
    const { data } = await kernel.ask('inspect_request', { code: 'check', cursor_pos: 5 })
    expect((data as Record<string, string>)['text/plain']).toMatch(
      /^check: \(what: string[\s\S]*Holds a learner's answer[\s\S]*@throws ExerciseError `not-yet`/,
    )
  })

  test.each(['twice2(', 'twice2(1, [2', 'console.log(twice2('])('inspection behind %s shows what is called', async code => {
    await kernel.run('function twice2(n: number, list?: number[]): number { return n }')
    const { data } = await kernel.ask('inspect_request', { code, cursor_pos: code.length })
    expect((data as Record<string, string>)['text/plain']).toMatch(/^twice2: /)
  })

  test('inspection shows type and documentation', async () => {
    await kernel.run('/** Twice as much. */\nfunction twice(n: number): number { return 2 * n }')
    const { found, data } = await kernel.ask('inspect_request', { code: 'twice(1)', cursor_pos: 5 })
    expect(found).toBe(true)
    expect((data as Record<string, string>)['text/plain']).toBe('twice: (n: number) => number\n\nTwice as much.')
  })

  test.each([
    ['1 + 1', 'complete'],
    ['const x = `a', 'incomplete'],
    ['function f() {', 'incomplete'],
    ['/* a', 'incomplete'],
    ['f(', 'incomplete'],
    ['const = 3', 'invalid'],
    ['x = }', 'invalid'],
  ])('%s is %s', async (code, status) => {
    expect(await kernel.ask('is_complete_request', { code })).toMatchObject({ status })
  })

  test('history, comms and kernel info are answered', async () => {
    await kernel.run('"remembered"')
    expect(
      (await kernel.ask('history_request', { hist_access_type: 'tail', n: 1, output: false, raw: true }))['history'],
    ).toEqual([[0, expect.any(Number), '"remembered"']])
    expect(await kernel.ask('comm_info_request', {})).toEqual({ status: 'ok', comms: {} })
    expect(await kernel.ask('kernel_info_request', {})).toMatchObject({
      status: 'ok',
      implementation: 'clvlab',
      language_info: { name: 'typescript', version: expect.stringMatching(/^7\./) },
    })
  })
})

test('a folder whose name has a blank changes no place, and two questions are asked one after the other', async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab a b '))
  const other = await KernelHarness.start(home)
  expect((await other.run('await 1\nthrow new Error("x")')).error?.traceback[1]).toBe('    at Cell [1]:2:7')
  const asked: string[] = []
  other.client.onInput(prompt => `${asked.push(prompt)}`)
  expect((await other.run('await Promise.all([input("a"), input("b")])', true)).result?.['text/plain']).toBe("[ '1', '2' ]")
  await other.stop()
  fs.rmdirSync(home)
})

test('a shutdown ends the process also where an exit listener never ends', async () => {
  const other = await KernelHarness.start(folder)
  await other.run('process.on("exit", () => { for (;;); })')
  const ended = new Promise(resolve => other.process.child.once('exit', resolve))
  await other.client.request('control', 'shutdown_request', { restart: false }).reply
  expect(await ended).toBeNull() // by a signal
  await other.stop()
})

test('a restart is echoed and the process ends in spite of timers', async () => {
  const other = await KernelHarness.start(folder)
  await other.run('setInterval(() => undefined, 100)')
  const ended = new Promise(resolve => other.process.child.once('exit', resolve))
  const { content } = await other.client.request('control', 'shutdown_request', { restart: true }).reply
  expect(content).toEqual({ status: 'ok', restart: true })
  expect(await ended).toBe(0)
  await other.stop()
})
