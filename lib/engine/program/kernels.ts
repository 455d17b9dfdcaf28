import { columnsOf, elements, sameShape, sizeOf, type Size } from '../graph/shape.ts'
import type { Program, Step } from './program.ts'
import { sectionsOf, type Section } from './sections.ts'
import { isElementwise, isGiven, isRandom } from './traits.ts'

/** Elementwise steps over the same (rows, columns), run block by block of rows. */
export interface Group {
  readonly kind: 'group'
  readonly rows: Size
  readonly columns: number
  readonly members: readonly number[]
}

/** A product, with the bias and the activation that ride on it; `steps` are those it stands for, the last one its result. */
export interface FusedProduct {
  readonly kind: 'product'
  readonly product: number
  readonly bias: number | undefined
  readonly activation: number | undefined
  readonly steps: readonly number[]
}

/** The transpose of the second operand of products. */
export interface Turn {
  readonly kind: 'turn'
  readonly step: number
}

export interface Single {
  readonly kind: 'single'
  readonly step: number
}

export type Kernel = Group | FusedProduct | Turn | Single

/** The kernels of each section. */
export type Kernels = Readonly<Record<Section, readonly Kernel[]>>

const RIDING = new Set(['relu', 'sigmoid', 'tanh'])

/** Joins the steps of a program to kernels. None reaches from one section into another. */
export function kernels(program: Program): Kernels {
  const { steps } = program
  const sections = sectionsOf(program).of
  const users = steps.map((): number[] => [])
  steps.forEach((step, i) => step.inputs.forEach(input => users[input]?.push(i)))
  const wanted = new Set([
    ...program.outputs.map(port => port.step),
    ...(program.training === undefined ? [] : [program.training.loss, ...program.training.gradients]),
  ])
  const at = (i: number): Step => steps[i] as Step
  const onlyUser = (i: number): number | undefined => {
    const [user, ...others] = users[i] as number[]
    return user === undefined || others.length > 0 || wanted.has(i) || sections[user] !== sections[i] ? undefined : user
  }
  const taken = new Set<number>()
  const turned = new Set<number>()
  const result: Record<Section, Kernel[]> = { before: [], blocks: [], after: [] }
  steps.forEach((step, i) => {
    if (isGiven(step.op) || taken.has(i)) return
    const list = result[sections[i] as Section]
    if (step.op === 'product') {
      turn(step as Step<'product'>, list)
      const fused = ride(i)
      fused.steps.forEach(each => taken.add(each))
      list.push(fused)
    } else if (isElementwise(step.op) || isRandom(step.op)) {
      const size = sizeOf(step.shape)
      const columns = columnsOf(step.shape)
      const rows = { count: size.count / columns, perRow: size.perRow }
      const last = list.at(-1)
      if (
        last?.kind === 'group' &&
        last.columns === columns &&
        last.rows.count === rows.count &&
        last.rows.perRow === rows.perRow
      ) {
        list[list.length - 1] = { ...last, members: [...last.members, i] }
      } else {
        list.push({ kind: 'group', rows, columns, members: [i] })
      }
    } else {
      list.push({ kind: 'single', step: i })
    }
  })
  return result

  /** Weights are turned once, before all blocks of rows. */
  function turn(product: Step<'product'>, list: Kernel[]): void {
    if (!isTurned(program, product)) return
    const b = product.inputs[1] as number
    if (turned.has(b)) return
    turned.add(b)
    const early = at(b).op === 'parameter' || at(b).op === 'constant' || sections[b] === 'before'
    ;(early ? result.before : list).push({ kind: 'turn', step: b })
  }

  function ride(product: number): FusedProduct {
    const shape = at(product).shape
    let last = product
    let bias: number | undefined
    let activation: number | undefined
    const adder = onlyUser(last)
    if (adder !== undefined && at(adder).op === 'add') {
      const other = at(adder).inputs.find(input => input !== last)
      const row = other === undefined ? undefined : at(other)
      if (
        other !== undefined &&
        row !== undefined &&
        sameShape(at(adder).shape, shape) && // a sum with more rows than the product repeats them
        (other < product || isGiven(row.op)) &&
        columnsOf(row.shape) === columnsOf(shape) &&
        row.shape.slice(0, -1).every(dim => dim === 1)
      ) {
        bias = other
        last = adder
      }
    }
    const user = onlyUser(last)
    if (user !== undefined && RIDING.has(at(user).op)) {
      activation = user
      last = user
    }
    const chain = [
      product,
      ...(bias === undefined ? [] : [last === activation ? (onlyUser(product) as number) : last]),
      ...(activation === undefined ? [] : [activation]),
    ]
    return { kind: 'product', product, bias, activation, steps: chain }
  }
}

/** Whether a product needs its second operand transposed: one row or one column lies as its transpose does. */
export function isTurned({ steps }: Program, { attributes, inputs }: Step<'product'>): boolean {
  const { shape } = steps[inputs[1] as number] as Step
  const columns = columnsOf(shape)
  return attributes.transposeB && columns > 1 && elements(shape, 1) > columns
}

/** The step whose values a kernel leaves behind, for a product or a single step. */
export function resultOf(kernel: FusedProduct | Single): number {
  return kernel.kind === 'single' ? kernel.step : (kernel.steps.at(-1) as number)
}
