import type { UpdateRule } from '../../engine/index.ts'
import { UsageError } from '../../errors/index.ts'

/** The rule with each gradient held within ±limit. Errors: `UsageError` for a limit that is not above 0. */
export function clipByValue(limit: number, rule: UpdateRule): UpdateRule {
  return { ...rule, clip: { by: 'value', limit: required(limit) } }
}

/** The rule with all gradients scaled so that their common norm is at most the limit (Pascanu et al. 2013, algorithm 1). */
export function clipByNorm(limit: number, rule: UpdateRule): UpdateRule {
  return { ...rule, clip: { by: 'norm', limit: required(limit) } }
}

function required(limit: number): number {
  if (limit > 0) return limit
  throw new UsageError({ code: 'bad-limit', what: `gradients clipped at ${limit}`, remedy: 'give a limit above 0' })
}
