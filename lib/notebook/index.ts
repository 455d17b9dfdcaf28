export { tagsOf } from './document/notebook.ts'
export type {
  CodeCell,
  DataOutput,
  ErrorOutput,
  Metadata,
  Notebook,
  NotebookCell,
  Output,
  StreamOutput,
  TextCell,
} from './document/notebook.ts'
export { parseNotebook } from './document/parse.ts'
export { serialiseNotebook } from './document/serialise.ts'
export { writeNotebook } from './document/write.ts'
export { check, Passed, todo } from './exercise/check.ts'
export { isUntouched } from './exercise/edition-stamp.ts'
export type { Edition } from './exercise/edition-stamp.ts'
export { EXERCISE_TAG, exerciseOf, SOLUTION_TAG, solutionOf, withoutExercises } from './exercise/editions.ts'
export { declaredParameters } from './parameters/declared.ts'
export { injectParameters, readParameters } from './parameters/inject.ts'
export type { ParameterValues } from './parameters/inject.ts'
export type { Parameter, ParameterValue } from './parameters/literal.ts'
export { neededBefore } from './resume/needed.ts'
export { readNotebook, requireTypeScript, runNotebook } from './run/run-notebook.ts'
export type { RunOptions } from './run/run-notebook.ts'
export type { CellResult, RunProgress, RunResult } from './run/result.ts'
