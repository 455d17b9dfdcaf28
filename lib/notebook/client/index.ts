export { KernelClient } from './kernel-client.ts'
export { startKernelProcess } from './kernel-process.ts'
export type { KernelProcess, KernelProcessOptions } from './kernel-process.ts'
