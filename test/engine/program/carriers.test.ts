import { describe, expect, it } from 'vitest'
import { compile, input, meanAll, parameter, product, square, type Program, type UpdateRule } from '../../../lib/engine/index.ts'
import type { FusedProduct } from '../../../lib/engine/program/kernels.ts'
import { plan } from '../../../lib/engine/program/plan.ts'
import { designNetwork } from '../design-network.ts'

const rule: UpdateRule = { kind: 'adam', rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0 }
const design = (batch: number, changed: UpdateRule = rule): Program =>
  compile({ batch, training: { loss: designNetwork().loss, rule: changed } })

/** Shapes of the products that updates ride on. */
function carriers(program: Program, { threads = 1, block = program.batch } = {}): unknown[] {
  const { kernels, sections } = plan(program, { block, threads })
  return kernels.slice(sections[2]).map(kernel => program.steps[(kernel as FusedProduct).product]?.shape)
}

describe('the update of a parameter rides on the product that is its gradient', () => {
  it('in the network of the design at batch 32: those of both wide layers, and never that of one column', () => {
    const shapes = carriers(design(32))
    expect(shapes).toHaveLength(2)
    expect(shapes).toEqual(
      expect.arrayContaining([
        [20, 128],
        [128, 64],
      ]),
    )
  })

  it('at its place behind all others, whose operands are there until then', () => {
    const program = design(32)
    const { kernels, sections, places } = plan(program, { block: 32, threads: 1 })
    const late = kernels.slice(sections[2]) as FusedProduct[]
    const taken = late.flatMap(({ product: step }) =>
      (program.steps[step]?.inputs ?? []).flatMap(i => (places[i] === undefined ? [] : [places[i]?.offset])),
    )
    expect(new Set(taken).size).toBe(taken.length)
  })

  it('not where a gradient is needed as a whole, or by others, or where several threads or blocks make it', () => {
    expect(carriers(design(32, { ...rule, clip: { by: 'norm', limit: 1 } }))).toEqual([])
    expect(carriers(design(32, { kind: 'sgd', rate: 0.1 }))).toEqual([])
    expect(carriers(design(32), { threads: 2 })).toEqual([])
    expect(carriers(design(32), { block: 16 })).toEqual([])
  })

  it('not where more values are to be looked through than are won', () => {
    expect(carriers(design(256))).toEqual([])
  })

  it('not where an operand is a parameter', () => {
    const w = parameter('w', 16, 16)
    const loss = meanAll(square(product(product(input('x', 16), w), parameter('v', 16, 16))))
    const bare = meanAll(square(product(w, parameter('v', 16, 16))))
    expect(carriers(compile({ batch: 8, training: { loss, rule } }))).not.toEqual([])
    expect(carriers(compile({ batch: 8, training: { loss: bare, rule } }))).toHaveLength(0)
  })
})
