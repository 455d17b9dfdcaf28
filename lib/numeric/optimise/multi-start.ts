import { minimise, type MinimiseOptions } from './minimise.ts'
import type { Minimum, Objective } from './objective.ts'

/** The best minimum from several starts (at least one); of equals, to 1e-9, the first that converged. */
export function minimiseFrom(objective: Objective, starts: readonly ArrayLike<number>[], options?: MinimiseOptions): Minimum {
  const found = starts.map(start => minimise(objective, start, options))
  return found.reduce((best, each) => {
    if (!Number.isFinite(each.value)) return best
    const margin = 1e-9 * (1 + Math.abs(each.value))
    if (!Number.isFinite(best.value) || each.value < best.value - margin) return each
    return each.converged && !best.converged && each.value <= best.value + margin ? each : best
  })
}
