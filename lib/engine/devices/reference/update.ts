import { pow } from '../../../numeric/index.ts'
import type { UpdateRule } from '../../program/update-rule.ts'

/** What an optimiser keeps of one parameter. */
export interface Moments {
  readonly first: Float64Array
  readonly second: Float64Array
}

/** One step of an optimiser, in place. `step` counts from 1. */
export function update(rule: UpdateRule, rate: number, p: Float64Array, g: Float64Array, { first, second }: Moments, step: number): void {
  for (let i = 0; i < p.length; i++) {
    const slope = g[i] as number
    if (rule.kind === 'sgd') {
      p[i] = (p[i] as number) - rate * slope
    } else if (rule.kind === 'momentum') {
      first[i] = rule.momentum * (first[i] as number) + slope
      p[i] = (p[i] as number) - rate * (first[i] as number)
    } else {
      first[i] = rule.beta1 * (first[i] as number) + (1 - rule.beta1) * slope
      second[i] = rule.beta2 * (second[i] as number) + (1 - rule.beta2) * slope * slope
      const scale = (rate * Math.sqrt(1 - pow(rule.beta2, step))) / (1 - pow(rule.beta1, step))
      p[i] = (p[i] as number) * (1 - rate * rule.decay) - (scale * (first[i] as number)) / (Math.sqrt(second[i] as number) + rule.epsilon)
    }
  }
}
