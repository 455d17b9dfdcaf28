/** How a step changes the parameters. Data, so that a program can be saved; the rate is per step and may be overridden by a schedule. */
export type UpdateRule =
  | { readonly kind: 'sgd'; readonly rate: number }
  /** v = momentum v + g; p = p - rate v. */
  | { readonly kind: 'momentum'; readonly rate: number; readonly momentum: number }
  /** Kingma and Ba (2015), section 2 (last paragraph); `decay` is the decoupled weight decay of Loshchilov and Hutter (2019). */
  | { readonly kind: 'adam'; readonly rate: number; readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly decay: number }

/** How many values an optimiser keeps beside each parameter. */
export function slotsOf(rule: UpdateRule): 0 | 1 | 2 {
  return rule.kind === 'sgd' ? 0 : rule.kind === 'momentum' ? 1 : 2
}
