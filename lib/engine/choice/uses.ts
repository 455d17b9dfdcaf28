import { describeUse, type DeviceUse } from './device-choice.ts'

/** A device that something was trained on, as it is told where there is no result to look at. */
export interface ToldUse {
  readonly name: string
  /** See `DeviceUse.difference`. */
  readonly difference?: number
  /** For people. */
  readonly text: string
}

/** Where a notebook's kernel listens, whichever copy of this library a cell has loaded. */
const LISTENER = Symbol.for('clvlab.trained')

export const toldUse = (use: DeviceUse): ToldUse => ({
  name: use.name,
  ...(use.difference === undefined ? {} : { difference: use.difference }),
  text: describeUse(use),
})

/** Lets the kernel that listens know, so that the report of a notebook tells every device, also of what no cell has shown. */
export function tellUse(use: DeviceUse): void {
  const listener = (globalThis as Readonly<Record<symbol, unknown>>)[LISTENER]
  if (typeof listener === 'function') (listener as (use: ToldUse) => void)(toldUse(use))
}
