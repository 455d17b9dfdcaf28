import type * as Draw from './draw.ts'

/** What draws, loaded with the first drawing: vega takes longer to load than all of this library's own code. */
export async function drawing(): Promise<typeof Draw> {
  return import('./draw.ts')
}
