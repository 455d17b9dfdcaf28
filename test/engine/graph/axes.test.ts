import { describe, expect, it } from 'vitest'
import * as engine from '../../../lib/engine/index.ts'
import { input, parameter, reference, wasm, type Node } from '../../../lib/engine/index.ts'
import { evaluateOn } from '../evaluate.ts'

const table = parameter('p', 3, 4)
const values = { p: Float32Array.from({ length: 12 }, (_, i) => (7 * i) % 12) }

/** What an axis below 0 counts to, of (3, 4). */
const FROM_THE_END: readonly (readonly [string, (axis: number) => Node])[] = [
  ['sum', axis => engine.sum(table, axis)],
  ['mean', axis => engine.mean(table, axis)],
  ['max', axis => engine.max(table, axis)],
  ['slice', axis => engine.slice(table, axis, 1, 3)],
  ['pad', axis => engine.pad(table, axis, 1, 2)],
  ['concat', axis => engine.concat([table, table], axis)],
  ['repeat', axis => engine.repeat(axis % 2 === 0 ? parameter('row', 1, 4) : parameter('column', 3, 1), axis, 5)],
]

describe.each([wasm, reference])('axes on $name', device => {
  it.each(FROM_THE_END)('%s counts axes below 0 from the end', async (_, make) => {
    const all = { ...values, row: Float32Array.of(1, 2, 3, 4), column: Float32Array.of(5, 6, 7) }
    const nodes = { first: make(0), asFirst: make(-2), last: make(1), asLast: make(-1) }
    const used = Object.fromEntries(Object.entries(all).filter(([name]) => reads(Object.values(nodes), name)))
    const got = await evaluateOn(device, nodes, used, 1)
    expect(got['asFirst']).toEqual(got['first'])
    expect(got['asLast']).toEqual(got['last'])
    expect(got['first']?.length).toBeGreaterThan(0)
    expect(got['last']).not.toEqual(got['first'])
  })
})

const reads = (nodes: readonly Node[], name: string): boolean =>
  nodes.some(of => (of.op === 'parameter' && of.attributes.name === name) || reads(of.inputs, name))

describe('a graph that cannot be is refused when it is built', () => {
  const rows = input('x', 2)
  const refused: readonly (readonly [string, string, () => unknown])[] = [
    ['a sum over an axis past the last', 'bad-axis', () => engine.sum(table, 2)],
    ['a sum over an axis before the first', 'bad-axis', () => engine.sum(table, -3)],
    ['a sum over half an axis', 'bad-axis', () => engine.sum(table, 0.5)],
    ['a mean', 'bad-axis', () => engine.mean(table, 2)],
    ['a largest', 'bad-axis', () => engine.max(table, 2)],
    ['a largest over the batch', 'bad-axis', () => engine.max(rows, 0)],
    ['a join', 'bad-axis', () => engine.concat([table, table], 2)],
    ['a join of what does not agree', 'bad-concat', () => engine.concat([table, parameter('q', 4, 4)], 1)],
    ['a join of nothing', 'bad-concat', () => engine.concat([], 0)],
    ['zeros along no axis', 'bad-axis', () => engine.pad(table, 2, 1, 1)],
    ['zeros along the batch', 'bad-pad', () => engine.pad(rows, 0, 1, 1)],
    ['fewer than no zeros', 'bad-pad', () => engine.pad(table, 1, -1, 0)],
    ['half a zero', 'bad-pad', () => engine.pad(table, 1, 0.5, 0.5)],
    ['half a position', 'bad-slice', () => engine.slice(table, 1, 0.5, 1.5)],
    ['positions outside', 'bad-slice', () => engine.slice(table, 1, 2, 5)],
    ['no position', 'bad-slice', () => engine.slice(table, 1, 2, 2)],
    ['a repetition of a longer axis', 'bad-axis', () => engine.repeat(table, 1, 8)],
    ['other words for what is normalised', 'bad-normalise', () => engine.normalise(table, 'rows' as never, 1e-3)],
    ['an epsilon below 0', 'bad-normalise', () => engine.normalise(table, 'row', -1)],
    ['four axes', 'bad-shape', () => engine.reshape(table, [3, 2, 2, 1] as never)],
    ['lengths below 1', 'bad-shape', () => engine.reshape(table, [-3, -4])],
    ['another number of elements', 'bad-reshape', () => engine.reshape(table, [3, 5])],
    ['a batch that is not first', 'bad-shape', () => engine.transpose(rows)],
    ['a parameter without rows', 'bad-shape', () => parameter('p', 0, 3)],
    ['a parameter of half a row', 'bad-shape', () => parameter('p', 1.5, 2)],
    ['an input without columns', 'bad-shape', () => input('x', 0)],
    ['an input of no number of columns', 'bad-shape', () => input('x', Number.NaN)],
    ['a constant without rows', 'bad-shape', () => engine.constant(1, [0, 1])],
    ['draws of less than no rows', 'bad-shape', () => engine.randomUniform([-1, 2], 0)],
    ['bounds in the wrong order', 'bad-clip', () => engine.clip(table, 5, 2)],
  ]
  it.each(refused)('%s', (_, code, build) => {
    expect(build).toThrow(expect.objectContaining({ name: 'EngineError', code }) as Error)
  })
})
