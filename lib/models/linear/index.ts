import { linearRegression, logisticRegression, twoStage } from './linear-models.ts'

export { linearRegression, logisticRegression, twoStage } from './linear-models.ts'
export { fitLogistic, fitRidge } from './regression.ts'

export const linearModels = [linearRegression, logisticRegression, twoStage] as const
