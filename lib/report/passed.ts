import type { CodeCell, Output } from '../notebook/index.ts'

/** What was checked by a cell that a learner's answer has passed, where it shows nothing else. */
export function passedIn({ outputs }: CodeCell): string | undefined {
  const [only, ...more] = outputs
  return only === undefined || more.length > 0 ? undefined : checkIn(only)
}

/** What an output says was checked and holds; of a notebook that was run by an earlier version, by the sign before it. */
export function checkIn(output: Output): string | undefined {
  if (!('data' in output) || Object.keys(output.data).length > 1) return undefined
  const { check } = (output.metadata['clvlab'] ?? {}) as { readonly check?: unknown }
  if (typeof check === 'string') return check
  const text = output.data['text/plain']
  return typeof text === 'string' ? /^✓ (.+)$/.exec(text)?.[1] : undefined
}
