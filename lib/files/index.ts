export { makeFolder } from './make-folder.ts'
export { fillWhole, writeWhole } from './write-whole.ts'
