export { EMBEDDED } from './options.ts'
export type { SimulatorOptions } from './options.ts'
export { simulateToParquet } from './simulate-to-parquet.ts'
export type { Manifest, ToParquet } from './simulate-to-parquet.ts'
