import { checkOptions } from '../check-options.ts'
import { HistoryMaker, type History } from '../history.ts'
import type { SimulatorOptions } from '../options.ts'

/** Customers with their events and their truth, in order, in memory. Errors: `UsageError` that names a bad option. */
export function simulate(options: Partial<SimulatorOptions> = {}): readonly History[] {
  const checked = checkOptions(options)
  const maker = new HistoryMaker(checked)
  return Array.from({ length: checked.customers }, (_, i) => maker.customer(i))
}
