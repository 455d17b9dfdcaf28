import * as errors from '../../errors/index.ts'
import { ClvError, type ErrorParts } from '../../errors/index.ts'

/** An error as data: between threads an error loses its class. */
export interface CarriedError {
  readonly name: string
  readonly message: string
  readonly parts?: ErrorParts
}

export function carried(error: unknown): CarriedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  if (!(error instanceof ClvError)) return { name: error.name, message: error.message }
  const { code, what, where, remedy } = error
  return {
    name: error.name,
    message: error.message,
    parts: { code, what, ...(where === undefined ? {} : { where }), ...(remedy === undefined ? {} : { remedy }) },
  }
}

/** The error of the class that it had; an `Error` where the class is not this library's. */
export function revived({ name, message, parts }: CarriedError): Error {
  const known = (errors as unknown as Readonly<Record<string, (new (parts: ErrorParts) => ClvError) | undefined>>)[name]
  if (known !== undefined && parts !== undefined) return new known(parts)
  return Object.assign(new Error(message), { name })
}
