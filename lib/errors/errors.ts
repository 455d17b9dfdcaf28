/** What every error of this library says: what was wrong, where, and the way out. */
export interface ErrorParts {
  /** Stable identifier within the error's class, kebab-case: `truncated-gzip`. */
  readonly code: string
  /** What was wrong, one sentence without a full stop. */
  readonly what: string
  /** Where: a file and line, a column, a cell, a parameter. */
  readonly where?: string
  /** The way out: what to do now. */
  readonly remedy?: string
  readonly cause?: unknown
}

/**
 * The root of all named errors. The message reads, line by line, what, where and the way out; the parts
 * stay available for programs (`--json`) and for the kernel's error display.
 */
export abstract class ClvError extends Error {
  readonly code: string
  readonly what: string
  readonly where: string | undefined
  readonly remedy: string | undefined

  constructor(parts: ErrorParts) {
    const lines = [parts.what]
    if (parts.where !== undefined) lines.push(`  where: ${parts.where}`)
    if (parts.remedy !== undefined) lines.push(`  way out: ${parts.remedy}`)
    super(lines.join('\n'), parts.cause === undefined ? undefined : { cause: parts.cause })
    this.name = new.target.name
    this.code = parts.code
    this.what = parts.what
    this.where = parts.where
    this.remedy = parts.remedy
  }
}

/** Raw input cannot be read: wrong columns, broken quoting, a truncated file. */
export class DataError extends ClvError {}

/** A table does not have the columns or types that were asked of it. */
export class SchemaError extends ClvError {}

/** Something from after the cutoff was handed to code that may only see what was observed before it. */
export class LeakageError extends ClvError {}

/** A model or transform cannot be fitted to, or asked about, what it was given. */
export class FitError extends ClvError {}

/** A saved file is damaged, truncated, foreign, or of another version. */
export class FormatError extends ClvError {}

/** A graph, a program or a device cannot do what was asked: shapes, memory, numbers that are not finite. */
export class EngineError extends ClvError {}

/** Results that must not stand in one table: unequal splits, populations or horizons. */
export class CompareError extends ClvError {}

/** A notebook is malformed, a parameter has the wrong type, a run failed or timed out. */
export class NotebookError extends ClvError {}

/** An exercise is not solved yet: what is missing, and a hint. Shown without a stack trace. */
export class ExerciseError extends ClvError {}

/** The kernel cannot start, compile or answer. */
export class KernelError extends ClvError {}

/** A report cannot be made: a chart without alt text, a missing asset. */
export class ReportError extends ClvError {}

/** A command line that cannot be understood. */
export class UsageError extends ClvError {}
