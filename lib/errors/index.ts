export { counted } from './counted.ts'
export {
  ClvError,
  CompareError,
  DataError,
  EngineError,
  ExerciseError,
  FitError,
  FormatError,
  KernelError,
  LeakageError,
  NotebookError,
  ReportError,
  SchemaError,
  UsageError,
} from './errors.ts'
export type { ErrorParts } from './errors.ts'
export { nearest } from './nearest.ts'
