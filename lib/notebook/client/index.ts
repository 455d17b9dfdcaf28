export { KernelClient } from './kernel-client.ts'
export { KERNEL_FLAGS, startKernelProcess } from './kernel-process.ts'
export type { KernelProcess, KernelProcessOptions } from './kernel-process.ts'
