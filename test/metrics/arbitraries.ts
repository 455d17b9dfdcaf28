import * as fc from 'fast-check'

/** Spend and predictions of the same customers, with many ties and zeros; somebody spends. */
export const spending = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 })), { minLength: 2, maxLength: 60 })
  .filter(rows => rows.some(([actual]) => actual > 0))
  .map(rows => ({ actual: rows.map(([actual]) => actual), predicted: rows.map(([, predicted]) => predicted) }))

/** Returns and probabilities with ties; both classes are there. */
export const returning = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 8 })), { minLength: 2, maxLength: 60 })
  .filter(rows => rows.some(([yes]) => yes) && rows.some(([yes]) => !yes))
  .map(rows => ({ actual: rows.map(([yes]) => Number(yes)), probability: rows.map(([, eighths]) => eighths / 8) }))
