import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  compile,
  input,
  meanAll,
  multiply,
  parameter,
  product,
  relu,
  repeat,
  sigmoid,
  sum,
  type Node,
} from '../../../lib/engine/index.ts'
import { kernels } from '../../../lib/engine/program/kernels.ts'
import { plan } from '../../../lib/engine/program/plan.ts'
import { designNetwork } from '../design-network.ts'

const ops = (outputs: Readonly<Record<string, Node>>): readonly string[] =>
  compile({ outputs, batch: 8 }).steps.map(step => step.op)
const adam = { kind: 'adam', rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0 } as const

describe('compile', () => {
  it('computes the same thing once', () => {
    const x = input('x', 3)
    expect(ops({ y: add(sigmoid(x), sigmoid(x)) })).toEqual(['input', 'sigmoid', 'add'])
  })

  it('leaves out what nothing depends on, and what changes nothing', () => {
    const x = input('x', 3)
    expect(ops({ y: multiply(add(x, 0), 1) })).toEqual(['input'])
    expect(ops({ y: relu(x), z: sum(x, 0) })).toEqual(['input', 'relu', 'sum'])
  })

  it('passes by a repeat that a kernel reads anyway', () => {
    const x = input('x', 3)
    expect(ops({ y: add(x, repeat(parameter('row', 1, 3), 0, 'batch')) })).toEqual(['input', 'parameter', 'add'])
  })

  it('is plain data', () => {
    const program = compile({ batch: 32, training: { loss: designNetwork().loss, rule: adam } })
    expect(JSON.parse(JSON.stringify(program))).toEqual(program)
  })

  it('refuses one name with two shapes, and a program that does nothing', () => {
    expect(() => compile({ outputs: { y: add(sum(input('x', 3), 1), sum(input('x', 4), 1)) }, batch: 8 })).toThrow(
      /"x" stands in the graph with two shapes/,
    )
    expect(() => compile({ batch: 8 })).toThrow(/without output/)
    expect(() => compile({ outputs: { y: input('x', 1) }, batch: 0 })).toThrow(/batch of 0 rows/)
  })

  it('names the axis where shapes do not meet', () => {
    expect(() => add(input('x', 3), input('y', 4))).toThrow(/\(batch, 3\) and \(batch, 4\)\n {2}where: axis 1: 3 against 4/)
    expect(() => product(input('x', 3), parameter('w', 4, 2))).toThrow(/inner lengths 3 and 4/)
  })
})

describe('kernels of the network of the design', () => {
  const program = compile({ batch: 32, training: { loss: designNetwork().loss, rule: adam } })
  const { before, blocks, after } = kernels(program)
  const list = [...before, ...blocks, ...after]

  it('let bias and ReLU ride on the products', () => {
    const forward = list.filter(kernel => kernel.kind === 'product' && kernel.bias !== undefined)
    expect(forward.map(kernel => (kernel.kind === 'product' ? kernel.steps.map(step => program.steps[step]?.op) : []))).toEqual([
      ['product', 'add', 'relu'],
      ['product', 'add', 'relu'],
      ['product', 'add'],
    ])
  })

  it('run every step once', () => {
    const run = list.flatMap(kernel =>
      kernel.kind === 'turn'
        ? []
        : kernel.kind === 'group'
          ? kernel.members
          : kernel.kind === 'product'
            ? kernel.steps
            : [kernel.step],
    )
    const computed = program.steps.flatMap(({ op }, i) => (['input', 'parameter', 'constant'].includes(op) ? [] : [i]))
    expect([...run].sort((a, b) => a - b)).toEqual(computed)
  })

  it('do not compute the gradient of the inputs', () => {
    expect(program.steps.filter(({ op, shape }) => op === 'product' && shape[0] === 'batch' && shape[1] === 20)).toEqual([])
  })
})

/** Chains of products and elementwise steps with side branches that live on for a while. */
const graphs = fc.array(
  fc.record({ from: fc.nat(), other: fc.nat(), kind: fc.constantFrom('add', 'relu', 'product', 'sigmoid', 'row') }),
  { minLength: 3, maxLength: 25 },
)

describe('the arena', () => {
  it('never gives one place to two values that are needed at once', () => {
    fc.assert(
      fc.property(graphs, plans => {
        const nodes: Node[] = [input('x', 6)]
        plans.forEach(({ from, other, kind }, i) => {
          const [a, b] = [nodes[from % nodes.length] as Node, nodes[other % nodes.length] as Node]
          nodes.push(
            kind === 'add'
              ? add(a, b)
              : kind === 'relu'
                ? relu(a)
                : kind === 'sigmoid'
                  ? sigmoid(a)
                  : kind === 'row'
                    ? add(a, sum(b, 0))
                    : product(a, parameter(`w${i}`, 6, 6)),
          )
        })
        const program = compile({
          batch: 16,
          training: { loss: meanAll(nodes.at(-1) as Node), rule: adam },
          outputs: { y: nodes[Math.floor(nodes.length / 2)] as Node },
        })
        const { kernels: list, places, local, arenaBytes } = plan(program, { block: 16, threads: 1 })
        const steps = list.map(kernel =>
          kernel.kind === 'turn'
            ? []
            : kernel.kind === 'group'
              ? kernel.members
              : kernel.kind === 'product'
                ? kernel.steps
                : [kernel.step],
        )
        const made = new Map(steps.flatMap((each, k) => each.map(step => [step, k] as const)))
        const kept = new Set([
          ...program.outputs.map(port => port.step),
          program.training?.loss,
          ...(program.training?.gradients ?? []),
        ])
        const live = places.flatMap((place, i) => {
          const step = program.steps[i]
          if (place === undefined || step === undefined || local.has(i)) return []
          const readers = program.steps.flatMap((each, j) => (each.inputs.includes(i) ? [made.get(j) as number] : []))
          const rows = step.shape[0] === 'batch' ? 16 : step.shape[0]
          return [
            {
              offset: place.offset,
              bytes: 4 * rows * step.shape[1],
              from: made.get(i) as number,
              to: kept.has(i) ? list.length : Math.max(...readers),
            },
          ]
        })
        for (const a of live) {
          expect(a.offset + a.bytes).toBeLessThanOrEqual(arenaBytes)
          for (const b of live) {
            if (a === b || a.to < b.from || b.to < a.from) continue
            expect(a.offset + a.bytes <= b.offset || b.offset + b.bytes <= a.offset).toBe(true)
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    )
  })
})
