import type { Node, Op, OpAttributes } from '../graph/node.ts'
import { asShape, sameShape, type Shape } from '../graph/shape.ts'
import type { Step } from './program.ts'
import { isElementwise } from './traits.ts'

/** Collects steps; what is there already is not added again, and what arithmetic makes plain is left out. */
export class Builder {
  private readonly steps: Step[] = []
  private readonly known = new Map<string, number>()

  /** The position of a node whose operands stand at `inputs`. */
  add(node: Node, inputs: readonly number[]): number {
    const { op, shape, attributes } = node
    const simpler = this.simpler(op, inputs, shape) ?? this.through(node, inputs)
    if (simpler !== undefined) return simpler
    return this.step(op, isElementwise(op) ? inputs.map(input => this.operand(input, shape)) : inputs, shape, attributes)
  }

  /** The steps that the roots depend on, and where each position went. */
  finish(roots: readonly number[]): { readonly steps: readonly Step[]; readonly at: (position: number) => number } {
    const alive = new Set(roots)
    for (let i = this.steps.length - 1; i >= 0; i--) if (alive.has(i)) this.get(i).inputs.forEach(input => alive.add(input))
    const places = new Map<number, number>()
    const steps: Step[] = []
    this.steps.forEach((step, i) => {
      if (!alive.has(i)) return
      places.set(i, steps.length)
      steps.push({ ...step, inputs: step.inputs.map(input => places.get(input) as number) })
    })
    return { steps, at: position => places.get(position) as number }
  }

  private step(op: Op, inputs: readonly number[], shape: Shape, attributes: OpAttributes[Op]): number {
    const key = JSON.stringify([op, inputs, shape, attributes])
    const twin = this.known.get(key)
    if (twin !== undefined) return twin
    this.steps.push({ op, inputs, shape, attributes })
    this.known.set(key, this.steps.length - 1)
    return this.steps.length - 1
  }

  /** x · 1, x / 1, x + 0 and x - 0 are x. */
  private simpler(op: Op, inputs: readonly number[], shape: Shape): number | undefined {
    const [a, b] = inputs
    if (a === undefined || b === undefined) return undefined
    const same = (position: number): boolean => sameShape(this.get(position).shape, shape)
    const neutral = op === 'multiply' || op === 'divide' ? 1 : op === 'add' || op === 'subtract' ? 0 : undefined
    if (neutral === undefined) return undefined
    if (this.value(b) === neutral && same(a)) return a
    if ((op === 'multiply' || op === 'add') && this.value(a) === neutral && same(b)) return b
    return undefined
  }

  /** What only passes on: a stopped gradient, and the slice that undoes a pad. */
  private through({ op, attributes, shape }: Node, [x]: readonly number[]): number | undefined {
    if (x === undefined || (op !== 'stopGradient' && op !== 'slice')) return undefined
    if (op === 'stopGradient') return x
    const [own, padded] = [attributes as OpAttributes['slice'], this.get(x)]
    const { axis, before } = padded.attributes as OpAttributes['pad']
    const inner = padded.op === 'pad' ? (padded.inputs[0] as number) : undefined
    return inner !== undefined && axis === own.axis && before === own.start && sameShape(this.get(inner).shape, shape)
      ? inner
      : undefined
  }

  /**
   * An operand as a kernel can read it over (rows, columns): whole, one row, one column or one value. A repeat that says no more than
   * that is passed by; any other broadcast over three axes is written out.
   */
  private operand(position: number, shape: Shape): number {
    let at = position
    for (
      let step = this.get(at);
      step.op === 'repeat' && readable(this.get(step.inputs[0] as number).shape, shape);
      step = this.get(at)
    ) {
      at = step.inputs[0] as number
    }
    if (readable(this.get(at).shape, shape)) return at
    let own = this.get(at).shape
    if (own.length < shape.length) {
      own = asShape('broadcast', [1, ...own])
      at = this.step('reshape', [at], own, {})
    }
    shape.forEach((dim, axis) => {
      if (own[axis] === dim) return
      own = asShape(
        'broadcast',
        own.map((each, i) => (i === axis ? dim : each)),
      )
      at = this.step('repeat', [at], own, { axis })
    })
    return at
  }

  private value(position: number): number | undefined {
    const step = this.get(position)
    return step.op === 'constant' ? (step as Step<'constant'>).attributes.value : undefined
  }

  private get(position: number): Step {
    return this.steps[position] as Step
  }
}

function readable(own: Shape, shape: Shape): boolean {
  if (sameShape(own, shape) || own.every(dim => dim === 1)) return true
  const row = own.slice(0, -1).every(dim => dim === 1) && own.at(-1) === shape.at(-1)
  const column = own.length === shape.length && own.at(-1) === 1 && own.slice(0, -1).every((dim, axis) => dim === shape[axis])
  return row || column
}
