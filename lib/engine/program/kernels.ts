import { columnsOf, sizeOf, type Size } from '../graph/shape.ts'
import type { Program, Step } from './program.ts'
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

export interface Single {
  readonly kind: 'single'
  readonly step: number
}

export type Kernel = Group | FusedProduct | Single

const RIDING = new Set(['relu', 'sigmoid', 'tanh'])

/** Joins the steps of a program to kernels. */
export function kernels(program: Program): readonly Kernel[] {
  const { steps } = program
  const users = steps.map((): number[] => [])
  steps.forEach((step, i) => step.inputs.forEach(input => users[input]?.push(i)))
  const wanted = new Set([
    ...program.outputs.map(port => port.step),
    ...(program.training === undefined ? [] : [program.training.loss, ...program.training.gradients]),
  ])
  const at = (i: number): Step => steps[i] as Step
  const onlyUser = (i: number): number | undefined => (wanted.has(i) || users[i]?.length !== 1 ? undefined : users[i][0])
  const taken = new Set<number>()
  const result: Kernel[] = []
  steps.forEach((step, i) => {
    if (isGiven(step.op) || taken.has(i)) return
    if (step.op === 'product') {
      const fused = ride(i)
      fused.steps.forEach(each => taken.add(each))
      result.push(fused)
    } else if (isElementwise(step.op) || isRandom(step.op)) {
      const size = sizeOf(step.shape)
      const columns = columnsOf(step.shape)
      const rows = { count: size.count / columns, perRow: size.perRow }
      const last = result.at(-1)
      if (
        last?.kind === 'group' &&
        last.columns === columns &&
        last.rows.count === rows.count &&
        last.rows.perRow === rows.perRow
      ) {
        result[result.length - 1] = { ...last, members: [...last.members, i] }
      } else {
        result.push({ kind: 'group', rows, columns, members: [i] })
      }
    } else {
      result.push({ kind: 'single', step: i })
    }
  })
  return result

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

/** The step whose values a kernel leaves behind, for a product or a single step. */
export function resultOf(kernel: FusedProduct | Single): number {
  return kernel.kind === 'single' ? kernel.step : (kernel.steps.at(-1) as number)
}
