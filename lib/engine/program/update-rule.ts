/** Holds gradients back before an update: each value within ±limit, or all that a phase trains scaled so that their norm is at most the limit. */
export interface Clipping {
  readonly by: 'value' | 'norm'
  readonly limit: number
}

interface Common {
  readonly rate: number
  readonly clip?: Clipping
}

/** How a step changes the parameters. Data, so that a program can be saved; the rate is per step and may be overridden by a schedule. */
export type UpdateRule = Common &
  (
    | { readonly kind: 'sgd' }
    /** v = momentum v + g; p = p - rate v. */
    | { readonly kind: 'momentum'; readonly momentum: number }
    /** v = momentum v + g; p = p - rate (g + momentum v): Sutskever et al. (2013), section 2, in the parameters looked ahead to. */
    | { readonly kind: 'nesterov'; readonly momentum: number }
    /** v = rho v + (1 - rho) g²; p = p - rate g / √(v + epsilon): Tieleman and Hinton (2012), lecture 6.5. */
    | { readonly kind: 'rmsprop'; readonly rho: number; readonly epsilon: number }
    /** Kingma and Ba (2015), section 2 (last paragraph); `decay` is the decoupled weight decay of Loshchilov and Hutter (2019). */
    | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly decay: number }
    /** Adam whose first moment looks ahead (Dozat 2016, algorithm 2, with one beta1): beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t). */
    | { readonly kind: 'nadam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  )

/** How many values an optimiser keeps beside each parameter. */
export function slotsOf({ kind }: UpdateRule): 0 | 1 | 2 {
  return kind === 'sgd' ? 0 : kind === 'adam' || kind === 'nadam' ? 2 : 1
}
