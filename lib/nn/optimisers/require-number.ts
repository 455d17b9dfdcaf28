import { UsageError } from '../../errors/index.ts'

/** Errors: `UsageError` `bad-schedule`, by the name of what is made of it, for a number that does not hold. */
export function requireNumber(of: string, name: string, value: number, holds: boolean, wanted: string): void {
  if (holds && Number.isFinite(value)) return
  throw new UsageError({ code: 'bad-schedule', what: `${name} is ${String(value)}`, where: of, remedy: `give ${wanted}` })
}
