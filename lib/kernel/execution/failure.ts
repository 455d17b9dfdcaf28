import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { ClvError, ExerciseError } from '../../errors/index.ts'
import { cut } from '../display/limited.ts'

/** What the protocol's `error` message holds. */
export interface Failure {
  readonly ename: string
  readonly evalue: string
  readonly traceback: readonly string[]
}

/** Name of the function that a cell becomes; a reader of a traceback does not want to see it. */
export const CELL_FUNCTION = '$clvCell'

/** How the engine names what a compiled cell calls; a reader knows it by its own name. */
const SCOPED = /\(0 ?, ?\$clv\.([\p{ID_Continue}$]+)\)|\$clv\.(?=[\p{ID_Continue}$])/gu

/** Leads the place of a frame inside a compiled cell back to the cell's text. */
export type Locate = (
  file: string,
  line: number,
  column: number,
) => { readonly name: string; readonly line: number; readonly column: number } | undefined

const FRAME = /^(\s+at (?:.*? \()?(?:async )?)((?:file:\/\/)?\/.+|[A-Za-z]:\\.+):(\d+):(-?\d+)(\)?)$/

/** What a message may hold, and a traceback in all, in characters. */
const VALUE_LIMIT = 5_000
const TRACE_LIMIT = 50_000

/** A thrown value as the front end shows it: no frame of the kernel or of Node, places in lines of the cell, and not too long. */
export function toFailure(thrown: unknown, locate: Locate): Failure {
  const { ename, evalue, traceback } = attempted(thrown, locate)
  let left = TRACE_LIMIT
  const lines: string[] = []
  for (const line of traceback) {
    if (left <= 0) break
    lines.push(cut(line, left))
    left -= line.length
  }
  return { ename: cut(ename, 200), evalue: cut(evalue, VALUE_LIMIT), traceback: lines }
}

/** What an error says of itself may itself throw. */
function attempted(thrown: unknown, locate: Locate): Failure {
  try {
    return wholeFailure(thrown, locate)
  } catch {
    return { ename: 'Thrown', evalue: 'a value that cannot be shown', traceback: ['Uncaught: a value that cannot be shown'] }
  }
}

function wholeFailure(thrown: unknown, locate: Locate): Failure {
  if (!isError(thrown)) {
    const text = inspect(thrown)
    return { ename: 'Thrown', evalue: text, traceback: [`Uncaught ${text}`] }
  }
  const ename = text(thrown.name) || 'Error'
  if (thrown instanceof ExerciseError)
    return {
      ename,
      evalue: thrown.what,
      traceback: [thrown.remedy === undefined ? thrown.what : `${thrown.what}\n  hint: ${thrown.remedy}`],
    }
  const message = text(thrown.message).replace(SCOPED, '$1')
  const title = `${ename}: ${message}`
  const traceback = [title, ...place(thrown), ...frames(thrown, locate), ...causes(thrown, locate, new Set([thrown]))]
  return { ename, evalue: thrown instanceof ClvError ? thrown.what : message, traceback }
}

/** Where the engine found a module's text or its imports wrong: it says so above the error, not in a frame. */
function place({ stack = '' }: Error): string[] {
  const [, url, line] = /^(file:\/\/[^\n]+?)(?:\?version=\d+)?:(\d+)\n/.exec(stack) ?? []
  return url === undefined ? [] : [`  where: ${fileURLToPath(url)}:${line}`]
}

/** The causes, and the errors of which several have come together. */
function causes(error: Error, locate: Locate, known: Set<unknown>): string[] {
  const { errors } = error as Partial<AggregateError>
  const parts = error instanceof AggregateError && Array.isArray(errors) ? errors.slice(0, 10) : []
  return [
    ...parts.flatMap(part => told(part, 'one of them', locate, known)),
    ...(error.cause === undefined ? [] : told(error.cause, 'caused by', locate, known)),
  ]
}

function told(cause: unknown, how: string, locate: Locate, known: Set<unknown>): string[] {
  if (!isError(cause)) return [`  ${how}: ${inspect(cause)}`]
  if (known.has(cause)) return [`  ${how}: ${cause.name}, told above`]
  known.add(cause)
  return [`  ${how}: ${cause.name}: ${cause.message}`, ...frames(cause, locate), ...causes(cause, locate, known)]
}

function frames(error: Error, locate: Locate): string[] {
  const lines = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  const shown: string[] = []
  for (const line of lines) {
    if (/node:internal|\(node:|at node:/.test(line)) continue
    const match = FRAME.exec(line)
    if (match === null) {
      shown.push(line)
      continue
    }
    const [, before = '', file = '', row = '0', column = '0', after = ''] = match
    if (/\/(?:dist|lib)\/kernel\//.test(file)) continue
    const place = locate(file, Number(row), Number(column))
    if (place === undefined) shown.push(line.replace(/\?version=\d+/, ''))
    else if (before.includes(CELL_FUNCTION)) shown.push(`    at ${place.name}:${place.line}:${place.column}`)
    else shown.push(`${before}${place.name}:${place.line}:${place.column}${after}`)
  }
  return shown
}

function isError(value: unknown): value is Error {
  return value instanceof Error || (typeof value === 'object' && value !== null && 'stack' in value && 'message' in value)
}

/** A thrown thing's name and message may be anything. */
const text = (value: unknown): string => String(value)
