export { activation } from './activation.ts'
export { dense } from './dense.ts'
export type { DenseOptions } from './dense.ts'
export { dropout } from './dropout.ts'
