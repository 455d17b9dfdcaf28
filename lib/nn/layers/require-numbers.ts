import { EngineError } from '../../errors/index.ts'

/** Errors: `EngineError` `bad-layer`, by the layer's name, for a number among these that is not whole or is below 1. */
export function requireWhole(layer: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers))
    requireNumber(layer, name, value, Number.isSafeInteger(value) && value >= 1, 'a whole number of at least 1')
}

/** Errors: `EngineError` `bad-layer`, by the layer's name, for a number that does not hold. */
export function requireNumber(layer: string, name: string, value: number, holds: boolean, wanted: string): void {
  if (holds) return
  throw new EngineError({
    code: 'bad-layer',
    what: `${name} is ${String(value)}`,
    where: `the layer "${layer}"`,
    remedy: `give ${wanted}`,
  })
}
