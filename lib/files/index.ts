export { isRunning } from './is-running.ts'
export { makeFolder } from './make-folder.ts'
export { fillWhole, writeWhole } from './write-whole.ts'
