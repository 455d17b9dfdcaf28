import { describe, expect, it } from 'vitest'
import {
  notebookProgress,
  shareProgress,
  terminalProgress,
  train,
  TrainingProgress,
  type OnEpoch,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { DISPLAY } from '../../../lib/schema/index.ts'
import { deep, labelled } from './lines.ts'

/** A clock that moves on by as much at each look. */
const ticking = (step: number): (() => number) => {
  let now = 0
  return () => (now += step) - step
}

const record = (epoch: number) => ({ epoch, loss: 0.43218, validationLoss: 0.5, rate: 1e-4, metrics: { accuracy: 0.8125 } })
const play = (onEpoch: OnEpoch, epochs: number): void =>
  Array.from({ length: epochs }, (_, i) => i + 1).forEach(epoch => onEpoch(record(epoch), epochs))

describe('progress of a training', () => {
  it('tells epoch, loss, metric, rate and time left', () => {
    const text = new TrainingProgress(record(3), 12, 75).toString()
    expect(text).toBe(
      'epoch 3/12 [=====...............] loss 0.4322, validation 0.5, accuracy 0.8125, rate 1.0e-4, left 1 min 15 s',
    )
    expect(new TrainingProgress(record(12), 12, 0).toString()).not.toContain('left')
  })

  it('tells the rates between which an epoch moved', () => {
    expect(new TrainingProgress({ ...record(3), firstRate: 0.02 }, 12, 75).toString()).toContain(', rate 0.02 to 1.0e-4,')
  })

  it('reckons the time left from the pace so far', () => {
    const lines: string[] = []
    const onEpoch = terminalProgress({ write: text => lines.push(text), isTTY: true }, { now: ticking(2000) })
    play(onEpoch, 5)
    // each look at the clock is 2 s later: 2 s an epoch
    expect(lines[0]).toContain('left 8 s')
    expect(lines[3]).toContain('left 2 s')
  })

  it('tells the part of an epoch that has been begun, by bar and by number', () => {
    const progress = new TrainingProgress({ epoch: 3, share: 0.997, loss: 0.4, rate: 0.01 }, 4, 20)
    expect(progress.toString()).toBe('epoch 3/4 99% [===============.....] loss 0.4, rate 0.01, left 20 s')
    const { data } = progress[DISPLAY]() as { readonly data: Record<string, string> }
    expect(data['text/html']).toContain('<progress value="2.997" max="4" aria-label="epoch 3 of 4, 99% of it">')
  })

  it('moves inside long epochs, with the time left of them, also where one was taken up', () => {
    const [lines, shown]: [string[], TrainingProgress[]] = [[], []]
    let now = 0
    const terminal = terminalProgress({ write: text => lines.push(text), isTTY: true }, { now: () => now })
    const display = (first: unknown) => {
      shown.push(first as TrainingProgress)
      return { update: (next: unknown) => void shown.push(next as TrainingProgress) }
    }
    const cell = notebookProgress(display, { now: () => now })
    for (const share of [0.5, 0.6, 0.75]) {
      for (const onEpoch of [terminal, cell]) onEpoch.within?.({ ...record(2), share }, 4)
      now += 1000
    }
    for (const onEpoch of [terminal, cell]) onEpoch(record(2), 4)
    // begun at a half: no pace yet; then 0.1 epoch a second, 0.25 in two, 0.5 in three
    expect(lines.map(line => /left .*/.exec(line)?.[0])).toEqual([undefined, 'left 24 s', 'left 18 s', 'left 12 s'])
    expect(shown.map(({ secondsLeft }) => secondsLeft && Math.round(secondsLeft))).toEqual([undefined, 24, 18, 12])
  })

  it('writes a line for each tenth of the way into a file, inside epochs too', () => {
    const lines: string[] = []
    const onEpoch = terminalProgress({ write: text => lines.push(text) }, { now: ticking(1) })
    for (const share of [0.05, 0.11, 0.19, 0.2, 0.55]) onEpoch.within?.({ ...record(1), share }, 1)
    onEpoch(record(1), 1)
    expect(lines.map(line => /^epoch 1\/1( \d+%)?/.exec(line)?.[1] ?? 'whole')).toEqual([' 11%', ' 20%', ' 55%', 'whole'])
  })

  it('leaves the line of a terminal when the training ends before its last epoch, once', () => {
    const lines: string[] = []
    const onEpoch = terminalProgress({ write: text => lines.push(text), isTTY: true }, { now: ticking(1) })
    onEpoch.end?.()
    onEpoch(record(1), 2)
    onEpoch.end?.()
    onEpoch(record(2), 2)
    onEpoch.end?.()
    expect(lines.map(text => text.endsWith('\n'))).toEqual([false, true, true])
  })

  it('is a share of the whole with a line of text, for those who show it themselves', () => {
    const told: (readonly [number, string])[] = []
    const onEpoch = shareProgress((done, text) => told.push([done, text]))
    onEpoch.within?.({ ...record(2), share: 0.5 }, 4)
    onEpoch(record(2), 4)
    expect(told).toEqual([
      [0.375, 'epoch 2 (50%) of 4, loss 0.4322'],
      [0.5, 'epoch 2 of 4, loss 0.4322'],
    ])
  })

  it('writes over one line of a terminal, and ends it', () => {
    const lines: string[] = []
    play(terminalProgress({ write: text => lines.push(text), isTTY: true }, { now: ticking(1) }), 3)
    expect(lines).toHaveLength(3)
    expect(lines.every(text => text.startsWith('\r\u001b[K'))).toBe(true)
    expect(lines.map(text => text.endsWith('\n'))).toEqual([false, false, true])
  })

  it('writes ten lines into a file', () => {
    const lines: string[] = []
    play(terminalProgress({ write: text => lines.push(text) }, { now: ticking(1) }), 200)
    expect(lines).toHaveLength(10)
    expect(lines[0]).toMatch(/^epoch 20\/200 .*\n$/)
  })

  it('updates one display of a notebook in place, not more often than it can be read, the last one always', () => {
    const shown: TrainingProgress[] = []
    let updates = 0
    const display = (value: unknown) => {
      shown.push(value as TrainingProgress)
      return { update: (next: unknown) => void (updates++, shown.push(next as TrainingProgress)) }
    }
    play(notebookProgress(display, { now: ticking(10), between: 100 }), 100)
    expect(updates).toBe(shown.length - 1)
    expect(shown.length).toBeLessThan(40)
    expect(shown.at(-1)?.record.epoch).toBe(100)
  })

  it("is a bar with words in a notebook, metrics' names escaped", () => {
    const { data } = new TrainingProgress({ ...record(3), metrics: { '<b>"&': 1 } }, 12, 4)[DISPLAY]() as {
      readonly data: Record<string, string>
    }
    expect(data['text/html']).toContain('<progress value="3" max="12" aria-label="epoch 3 of 12">')
    expect(data['text/html']).toContain('&lt;b&gt;&quot;&amp; <b>1</b>')
    expect(data['text/plain']).toContain('epoch 3/12')
  })

  it('leaves the result alone, whatever the clock says', async () => {
    const run = (onProgress?: OnEpoch) =>
      train(deep, labelled(60), { epochs: 3, seed: Seed.of(1), ...(onProgress && { onProgress }) })
    const plain = await run()
    for (const step of [1, 1e6])
      expect((await run(terminalProgress({ write: () => {} }, { now: ticking(step) }))).weights).toEqual(plain.weights)
  })
})
