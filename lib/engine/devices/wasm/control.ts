/** Bytes of the place where threads meet (wasm/assembly/parts.ts): arrived and sleeping, meetings, called off and a number, then each thread's own. */
export const controlBytes = (threads: number): number => 192 + (128 + 32768 + 4096) * threads

const MEETINGS = 64
const CALLED_OFF = 128

/** Makes every thread that waits or will wait give up: it traps. */
export function callOff(memory: ArrayBufferLike, control: number): void {
  const words = new Int32Array(memory)
  Atomics.store(words, (control + CALLED_OFF) / 4, 1)
  Atomics.add(words, (control + MEETINGS) / 4, 1)
  Atomics.notify(words, (control + MEETINGS) / 4)
}

/** Makes the place as new for threads that have not met yet. */
export function clear(memory: ArrayBufferLike, control: number, threads: number): void {
  new Uint8Array(memory, control, controlBytes(threads)).fill(0)
}
