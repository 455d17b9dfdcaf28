export type { CoreRow, OutcomeRow } from './core-row.ts'
export { coreFeatures } from './core.ts'
export { outcomes } from './outcomes.ts'
