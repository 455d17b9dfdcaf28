import { columnsOf, elements } from '../graph/shape.ts'
import type { Kernel } from './kernels.ts'
import type { Program, Step } from './program.ts'

/** To look through more values of operands than this for each of the result takes longer than what is won. */
const OPERANDS = 2
/** Parameters whose rows are longer do not lie near enough to be gone through strip by strip. */
const COLUMNS = 192

/**
 * Whether the update of a parameter can ride on a product, so that its gradient goes from registers into the update and never to memory: the product
 * is that gradient and nothing else, the rule is Adam and looks at each gradient alone, and no operand is a parameter, which another update may
 * change first. For one thread, which has the whole batch.
 */
export function isCarrier({ batch, steps, training, outputs }: Program, kernel: Kernel): boolean {
  if (kernel.kind !== 'product' || kernel.steps.length > 1 || training === undefined) return false
  const { gradients, loss, rule } = training
  const own = kernel.product
  const { shape, inputs } = steps[own] as Step
  const operands = inputs.map(input => steps[input] as Step)
  const columns = columnsOf(shape)
  return (
    rule.kind === 'adam' &&
    rule.clip === undefined &&
    gradients.filter(step => step === own).length === 1 &&
    ![loss, ...outputs.map(port => port.step), ...steps.flatMap(step => step.inputs)].includes(own) &&
    operands.every(({ op }) => op !== 'parameter') &&
    columns % 16 === 0 &&
    columns <= COLUMNS &&
    operands.reduce((all, step) => all + elements(step.shape, batch), 0) <= OPERANDS * elements(shape, batch)
  )
}
