import { pow } from '../../../numeric/index.ts'
import type { Clipping, UpdateRule } from '../../program/update-rule.ts'

/** What an optimiser keeps of one parameter. */
export interface Moments {
  readonly first: Float64Array
  readonly second: Float64Array
}

/** One step of an optimiser, in place. `step` counts from 1. */
export function update(
  rule: UpdateRule,
  rate: number,
  p: Float64Array,
  g: Float64Array,
  { first, second }: Moments,
  step: number,
): void {
  for (let i = 0; i < p.length; i++) p[i] = next(rule, rate, p[i] as number, g[i] as number, first, second, i, step)
}

function next(
  rule: UpdateRule,
  rate: number,
  p: number,
  g: number,
  first: Float64Array,
  second: Float64Array,
  i: number,
  step: number,
): number {
  switch (rule.kind) {
    case 'sgd':
      return p - rate * g
    case 'momentum':
    case 'nesterov': {
      const speed = (first[i] = rule.momentum * (first[i] as number) + g)
      return p - rate * (rule.kind === 'momentum' ? speed : g + rule.momentum * speed)
    }
    case 'rmsprop': {
      const spread = (first[i] = rule.rho * (first[i] as number) + (1 - rule.rho) * g * g)
      return p - (rate * g) / Math.sqrt(spread + rule.epsilon)
    }
    default: {
      const { beta1, beta2, epsilon } = rule
      const mean = (first[i] = beta1 * (first[i] as number) + (1 - beta1) * g)
      const spread = (second[i] = beta2 * (second[i] as number) + (1 - beta2) * g * g)
      const scale = rate * Math.sqrt(1 - pow(beta2, step))
      const ahead =
        rule.kind === 'adam'
          ? mean / (1 - pow(beta1, step))
          : (beta1 * mean) / (1 - pow(beta1, step + 1)) + ((1 - beta1) * g) / (1 - pow(beta1, step))
      return p * (1 - rate * (rule.kind === 'adam' ? rule.decay : 0)) - (scale * ahead) / (Math.sqrt(spread) + epsilon)
    }
  }
}

/** The gradients of all that is trained, held back. */
export function clipped(clip: Clipping | undefined, slopes: readonly Float64Array[]): readonly Float64Array[] {
  if (clip === undefined) return slopes
  const { by, limit } = clip
  if (by === 'value') return slopes.map(slope => slope.map(g => Math.max(-limit, Math.min(limit, g))))
  const norm = Math.sqrt(slopes.reduce((all, slope) => slope.reduce((sum, g) => sum + g * g, all), 0))
  return norm <= limit ? slopes : slopes.map(slope => slope.map(g => g * (limit / norm)))
}
