/** Milliseconds since 1970 with fractions, comparable between this process's threads. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
