export { cellProblems } from './cell-problems.ts'
export { installKernel, uninstallKernel } from './install.ts'
export type { InstallTarget } from './install.ts'
export { serveKernel } from './start.ts'
