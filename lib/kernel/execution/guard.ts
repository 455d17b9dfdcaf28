import { KernelError } from '../../errors/index.ts'
import { currentRun } from './run.ts'
import type { Run } from './run.ts'

/** Node's remarks on what the kernel itself makes use of; they are not the user's business. */
const OWN_WARNINGS = /^vm\.USE_MAIN_CONTEXT_DEFAULT_LOADER|^Access to process\.binding\('async_wrap'\)/

/**
 * Keeps the kernel alive under what a cell may do: an exit becomes an error of the cell, and what is thrown or rejected
 * where nobody waits for it is reported.
 */
export function installGuards(onLoose: (error: unknown, run: Run | undefined) => void): (code: number) => never {
  const exit = process.exit.bind(process)
  process.exit = ((code?: number) => {
    throw new KernelError({
      code: 'process-exit',
      what: `the cell called process.exit(${code ?? ''})`,
      remedy: 'a notebook ends when its last cell has run; throw an error to stop it, or restart the kernel',
    })
  }) as typeof process.exit
  const warn = process.emitWarning.bind(process)
  process.emitWarning = ((...args: Parameters<typeof process.emitWarning>) => {
    if (!OWN_WARNINGS.test(String(args[0]))) warn(...args)
  }) as typeof process.emitWarning
  process.on('uncaughtException', error => onLoose(error, currentRun()))
  process.on('unhandledRejection', error => onLoose(error, currentRun()))
  return exit as (code: number) => never
}
