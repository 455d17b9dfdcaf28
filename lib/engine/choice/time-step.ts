import type { Device } from '../device.ts'
import type { Job } from './difference.ts'

/** How long the measured epochs take together, at least, ms; or so many of them. */
const LONG_ENOUGH = 300
const EPOCHS = 20

/** Milliseconds of a step of training, the fastest of some epochs after one that warms up. Errors: those of the device. */
export async function timeStep(device: Device, { program, start, rows, seed }: Job): Promise<number> {
  const runner = await device.prepare(program)
  try {
    runner.load(start)
    runner.bind(rows)
    await runner.epoch({ seed, epoch: 0 })
    let best = Infinity
    const began = performance.now()
    for (let epoch = 1; epoch <= EPOCHS && performance.now() - began < LONG_ENOUGH; epoch++) {
      const from = performance.now()
      const { steps } = await runner.epoch({ seed, epoch })
      best = Math.min(best, (performance.now() - from) / steps)
    }
    return best
  } finally {
    runner.dispose()
  }
}
