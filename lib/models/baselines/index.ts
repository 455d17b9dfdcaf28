import { lastPeriod, meanValue, pastSpend } from './simple.ts'
import { rfmCellMean } from './rfm-cell-mean.ts'

export { lastPeriod, meanValue, pastSpend } from './simple.ts'
export { rfmCellMean } from './rfm-cell-mean.ts'

/** What any model must beat; always in a comparison. */
export const baselineModels = [meanValue, pastSpend, lastPeriod, rfmCellMean] as const
