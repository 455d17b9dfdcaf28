import type { Pass } from '../device.ts'
import { pause } from './pause.ts'

/** How long a bout is to last, in milliseconds: a few of them are not felt as waiting, and what lies between them costs nothing. */
const BOUT = 40

/** What a pass is asked for while it goes on. */
export interface Asked {
  readonly signal?: AbortSignal
  readonly onSteps?: (pass: Pass, of: number) => void
}

/**
 * Cuts long work into bouts of steps, and lets the process do what else waits between them: hear that the work is to end, and tell how far it is.
 * Short work is one bout. The clock moves where the cuts are, never a result.
 */
export class Pace {
  private readonly now: () => number
  private perStep: number | undefined
  private readonly first: number
  private begun = 0
  private rested = 0

  /** @param first steps that are surely no longer than a bout: they are never cut, however slow this machine seems to be for a moment */
  constructor(first = 1, now: () => number = () => performance.now()) {
    this.first = Math.max(1, Math.floor(first))
    this.now = now
  }

  /** Work begins. */
  start(): void {
    this.rested = this.now()
  }

  /** So many of the steps that are left make the next bout, which begins now. */
  bout(left: number): number {
    this.begun = this.now()
    const most = Math.max(this.first, this.perStep === undefined ? 0 : Math.floor(BOUT / this.perStep))
    return Math.min(left, most)
  }

  /** So many steps, the bout, have been made. */
  made(steps: number): void {
    const own = Math.max(this.now() - this.begun, 1e-6) / steps
    // slower at once, faster by and by: the first steps are the slowest
    this.perStep = this.perStep === undefined ? own : Math.max(own, 0.5 * (own + this.perStep))
  }

  /**
   * Between two bouts: whether the work is to end here. `tell` is called when it is time to tell how far it is.
   * @param free whether this thread could do what else waits during the bout
   * Errors: `EngineError` (`interrupted`).
   */
  async rest({ signal }: Pick<Asked, 'signal'> = {}, tell: () => void = () => {}, free = false): Promise<boolean> {
    if (this.now() - this.rested < BOUT / 2) return signal?.aborted === true
    if (!free) await pause(tell)
    tell()
    this.rested = this.now()
    return signal?.aborted === true
  }
}
