import { native } from './native-timers.ts'
import { ticking } from './timers.ts'

/** How often is looked, in milliseconds. */
const EVERY = 25

let before: ReadonlyMap<string, number> | undefined

/** What the process holds from here on and did not before is the cells'. Only the first call counts. */
export function notePending(): void {
  before ??= counted()
}

/** How much of what cells have started is still under way: timers, reads, child processes, sockets. What ticks for ever is none of it. */
export function pending(): number {
  if (before === undefined) return 0
  let more = 0
  for (const [kind, count] of counted()) more += Math.max(0, count - (before.get(kind) ?? 0))
  return more
}

/** Waits until nothing is under way, for so many milliseconds at most. @returns how much still is */
export async function settled(most: number): Promise<number> {
  const end = performance.now() + most
  for (;;) {
    const left = pending()
    if (left === 0 || performance.now() >= end) return left
    await new Promise<void>(resolve => void native.setTimeout(resolve, EVERY))
  }
}

function counted(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  counts.set('Timeout', (counts.get('Timeout') ?? 0) - ticking())
  return counts
}
