import { maximum, softplus, type Node } from '../../engine/index.ts'

/** A scale from any number: softplus, held at 0.001 or more so that no density grows without bound. */
export const positive = (raw: Node): Node => maximum(softplus(raw), 1e-3)
