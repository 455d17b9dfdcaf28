import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as engine from '../../../lib/engine/index.ts'
import { input, parameter, reference, wasm, type Node } from '../../../lib/engine/index.ts'
import { EngineError } from '../../../lib/errors/index.ts'
import { evaluateOn } from '../evaluate.ts'

describe('a row that a product makes, added to more rows', () => {
  it.each([false, true])('is repeated (row first: %s)', async rowFirst => {
    const s = engine.sum(input('x', 2), 0)
    const parts = [engine.square(s), engine.product(s, parameter('p', 2, 2))].map(each => engine.repeat(each, 0, 'batch'))
    const [a, b] = (rowFirst ? parts : parts.toReversed()) as [Node, Node]
    const values = { x: Float32Array.of(1, 2, 3, 4, 5, 6), p: Float32Array.of(1, 2, 3, 4) }
    const { y } = await evaluateOn(wasm, { y: engine.add(a, b) }, values, 3)
    expect([...(y as Float32Array)]).toEqual([126, 210, 126, 210, 126, 210])
  })
})

/** A graph as a list of choices: what comes next, and of which of the values so far. */
const choices = fc.record({
  columns: fc.integer({ min: 1, max: 9 }),
  time: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  rows: fc.constantFrom(1, 2, 3, 5, 17, 65),
  steps: fc.array(fc.record({ what: fc.nat(), of: fc.nat(), and: fc.nat() }), { minLength: 3, maxLength: 14 }),
  twice: fc.boolean(),
})
type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never

const UNARY = [
  engine.negate,
  engine.relu,
  engine.sigmoid,
  engine.tanh,
  engine.softplus,
  engine.square,
  engine.abs,
  engine.erf,
  engine.softmax,
  engine.logSumExp,
] as const
const BINARY = [engine.add, engine.subtract, engine.multiply, engine.maximum, engine.minimum, engine.gate] as const

/** The graph of some choices: its last values, the gradients of their squares, and for some the gradients of those. */
function grown({ columns, time, steps, twice }: Choices): Readonly<Record<string, Node>> {
  const pool: Node[] = [input('x', columns, time)]
  const parameters: Node[] = []
  const fresh = (rows: number, width: number): Node => {
    const made = parameter(`p${parameters.length}`, rows, width)
    parameters.push(made)
    return made
  }
  for (const { what, of, and } of steps) {
    const x = pool[of % pool.length] as Node
    const other = pool[and % pool.length] as Node
    const width = x.shape.at(-1) as number
    const kinds: readonly (() => Node)[] = [
      () => (UNARY[and % UNARY.length] as (typeof UNARY)[number])(x),
      () => (BINARY[what % BINARY.length] as (typeof BINARY)[number])(x, other),
      () => (BINARY[and % BINARY.length] as (typeof BINARY)[number])(x, fresh(1, and % 2 === 0 ? width : 1)),
      () => engine.product(x, fresh(width, 1 + (and % 20))),
      () => engine.sum(x, -1),
      () => engine.sum(x, 0),
      () => engine.mean(x, and % x.shape.length),
      () => engine.max(x, -1),
      () => engine.slice(x, -1, and % width, width),
      () => engine.concat([x, other], -1),
      () => engine.normalise(x, and % 2 === 0 ? 'row' : 'column', 0.1),
      () => engine.divide(x, engine.add(engine.square(other), 1)),
      () => engine.pad(x, -1, and % 3, 1),
    ]
    try {
      const made = (kinds[what % kinds.length] as () => Node)()
      if ((made.shape.at(-1) as number) < 60) pool.push(made)
    } catch (error) {
      if (!(error instanceof EngineError)) throw error // shapes that do not meet are refused, and another choice is made
    }
  }
  const ends = pool.slice(-3)
  const loss = ends.map(end => engine.meanAll(engine.square(engine.tanh(end)))).reduce((a, b) => engine.add(a, b))
  const used = parameters.filter(each => reaches(loss, each))
  const wrt = [pool[0] as Node, ...used]
  const slopes = reaches(loss, pool[0] as Node) ? engine.gradients(loss, wrt) : engine.gradients(loss, used)
  const all: Record<string, Node> = { loss, end: ends.at(-1) as Node }
  slopes.forEach((slope, i) => (all[`slope${i}`] = slope))
  const steepness = slopes.map(slope => engine.sumAll(engine.square(slope))).reduce((a, b) => engine.add(a, b), loss)
  if (twice && used.length > 0) engine.gradients(steepness, used).forEach((slope, i) => (all[`bend${i}`] = slope))
  return all
}

function reaches(from: Node, target: Node, seen = new Set<Node>()): boolean {
  if (from === target) return true
  if (seen.has(from)) return false
  seen.add(from)
  return from.inputs.some(each => reaches(each, target, seen))
}

/** Between -0.9 and 0.9, no two alike: at a tie or a kink, devices that round otherwise have other slopes. */
function spread(position: number, of: number): number {
  const mixed = Math.imul((Math.imul(position + 1, 0x9e3779b1) ^ (of + 77)) >>> 0, 0x85ebca6b)
  return 0.9 * (((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 31 - 1)
}

/** Values for every input and parameter that a graph reads. */
function valuesFor(nodes: readonly Node[], rows: number): Readonly<Record<string, Float32Array>> {
  const values: Record<string, Float32Array> = {}
  const seen = new Set<Node>()
  const visit = (of: Node): void => {
    if (seen.has(of)) return
    seen.add(of)
    if (of.op === 'input' || of.op === 'parameter') {
      const { name } = of.attributes
      const count = engine.elements(of.shape, rows)
      values[name] ??= Float32Array.from({ length: count }, (_, i) => spread(i, name === 'x' ? 99 : Number(name.slice(1))))
    }
    of.inputs.forEach(visit)
  }
  nodes.forEach(visit)
  return values
}

describe('whole graphs', () => {
  it('compute on wasm what they compute on the reference, with their gradients and the gradients of those', async () => {
    await fc.assert(
      fc.asyncProperty(choices, async made => {
        const graph = grown(made)
        const values = valuesFor(Object.values(graph), made.rows)
        const [ours, judge] = [
          await evaluateOn(wasm, graph, values, made.rows),
          await evaluateOn(reference, graph, values, made.rows),
        ]
        for (const name of Object.keys(graph)) {
          const [got, want] = [ours[name] as Float32Array, judge[name] as Float32Array]
          const top = want.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
          const worst = got.reduce((most, value, i) => Math.max(most, Math.abs(value - (want[i] as number)) / top), 0)
          expect(got).toHaveLength(want.length)
          expect(worst, name).toBeLessThan(1e-4)
        }
      }),
      { numRuns: 150, seed: 4 },
    )
  }, 60_000)
})
