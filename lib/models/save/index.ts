export { readModel } from './read-model.ts'
export { saveModel } from './save-model.ts'
