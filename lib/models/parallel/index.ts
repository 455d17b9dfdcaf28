export { fitHere, fitInWorkers } from './fitters.ts'
export type { Fitters } from './fitters.ts'
export { WorkerPool } from './worker-pool.ts'
export type { Answer } from './worker-pool.ts'
