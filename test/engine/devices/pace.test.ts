import { describe, expect, it } from 'vitest'
import { Pace, pause } from '../../../lib/engine/index.ts'

/** A clock that is moved by hand. */
function clock(): { readonly now: () => number; readonly pass: (milliseconds: number) => void } {
  let time = 0
  return { now: () => time, pass: milliseconds => void (time += milliseconds) }
}

describe('the pace of long work', () => {
  it('makes bouts of what 40 ms hold, never fewer steps than are surely short', () => {
    const { now, pass } = clock()
    const pace = new Pace(5, now)
    const bout = (left: number, each: number): number => {
      const steps = pace.bout(left)
      pass(steps * each)
      pace.made(steps)
      return steps
    }
    expect(bout(1000, 0.5)).toBe(5)
    expect(bout(1000, 0.5)).toBe(80)
    expect(bout(7, 0.5)).toBe(7)
    // ten times as slow for once: shorter at once, longer again by halves
    expect(bout(1000, 5)).toBe(80)
    expect(bout(1000, 0.5)).toBe(8)
    expect(bout(1000, 0.5)).toBe(14)
    expect(bout(1000, 1000)).toBe(24)
    expect(bout(1000, 0.5)).toBe(5)
  })

  it('rests where there was none for long, tells then, and hears the signal at every rest', async () => {
    const { now, pass } = clock()
    const [pace, stop] = [new Pace(1, now), new AbortController()]
    let told = 0
    const rest = async (): Promise<boolean> => await pace.rest({ signal: stop.signal }, () => void told++)
    pace.start()
    expect([await rest(), told]).toEqual([false, 0])
    pass(30)
    expect([await rest(), told]).toEqual([false, 1])
    expect([await rest(), told]).toEqual([false, 1])
    stop.abort()
    expect([await rest(), told]).toEqual([true, 1])
  })
})

describe('a pause', () => {
  it('lets timers and immediates go on, however many come one after another', async () => {
    const heard: string[] = []
    setTimeout(() => heard.push('timer'), 1)
    setImmediate(() => heard.push('immediate'))
    while (heard.length < 2) await pause()
    expect(heard.toSorted()).toEqual(['immediate', 'timer'])
  })

  it('throws where whoever waits has lost its timers, after what is to be settled', async () => {
    const own = globalThis.setTimeout
    const lost = Object.assign((...given: Parameters<typeof own>) => {
      const timer = own(...given)
      clearTimeout(timer)
      return timer
    }, own)
    let settled = false
    globalThis.setTimeout = lost
    try {
      await expect(pause(() => void (settled = true))).rejects.toMatchObject({ name: 'EngineError', code: 'interrupted' })
    } finally {
      globalThis.setTimeout = own
    }
    expect(settled).toBe(true)
  })
})
