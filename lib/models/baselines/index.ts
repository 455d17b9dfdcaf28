import { lastPeriod, meanValue, pastSpend } from './simple.ts'
import { rfmCells } from './rfm-cells.ts'

export { lastPeriod, meanValue, pastSpend } from './simple.ts'
export { rfmCells } from './rfm-cells.ts'

/** What any model must beat; always in a comparison. */
export const baselineModels = [meanValue, pastSpend, lastPeriod, rfmCells] as const
