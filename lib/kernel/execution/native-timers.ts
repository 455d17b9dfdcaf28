/** Node's own timers, as they were before cells were given theirs: what the kernel waits for no interrupt takes away. */
export const native = {
  setTimeout: globalThis.setTimeout,
  setImmediate: globalThis.setImmediate,
  clearTimeout: globalThis.clearTimeout,
}
