import type { ToldUse } from '../../engine/index.ts'
import type { MimeBundle } from '../../schema/display/index.ts'

/** The devices that networks of a cell were trained on, where one was asked for: beneath the cell, and for the report's provenance. */
export class TrainedDevices {
  #uses: ToldUse[] = []

  /** Listens to whichever copy of the library a cell loads. */
  listen(): void {
    Object.assign(globalThis, { [Symbol.for('clvlab.trained')]: (use: ToldUse) => void this.#uses.push(use) })
  }

  /** What was heard since the last time, each device where it was furthest from `wasm`; undefined for nothing. */
  take(): MimeBundle | undefined {
    const uses = this.#uses
    this.#uses = []
    const worst = new Map<string, ToldUse>()
    for (const use of uses) {
      const known = worst.get(use.name)
      if (known === undefined || (use.difference ?? 0) > (known.difference ?? 0)) worst.set(use.name, use)
    }
    if (worst.size === 0) return undefined
    const text = `Trained on ${[...worst.values()].map(each => each.text).join('; and on ')}.`
    return {
      data: { 'text/plain': text, 'text/markdown': text.replaceAll(/[\\`*_[\]<>]/g, String.raw`\$&`) },
      metadata: { clvlab: { device: all([...worst.values()]) } },
    }
  }
}

function all(uses: readonly ToldUse[]): ToldUse {
  return {
    name: uses.map(({ name }) => name).join(' and '),
    difference: Math.max(...uses.map(({ difference = 0 }) => difference)),
    text: uses.map(({ text }) => text).join('; '),
  }
}

/** Whether an output tells the device of what it shows, as a comparison does. */
export function saysDevice(metadata: Readonly<Record<string, unknown>>): boolean {
  const said = metadata['clvlab']
  return typeof said === 'object' && said !== null && 'device' in said
}
