import type { Op } from '../graph/node.ts'

/** Operations of which each element depends on the elements at its own place alone. */
const ELEMENTWISE: ReadonlySet<Op> = new Set<Op>([
  'negate',
  'relu',
  'sigmoid',
  'tanh',
  'softplus',
  'exp',
  'log',
  'sqrt',
  'square',
  'abs',
  'sign',
  'erf',
  'clip',
  'add',
  'subtract',
  'multiply',
  'divide',
  'maximum',
  'minimum',
  'greater',
  'greaterEqual',
  'equal',
  'gate',
  'select',
])

const RANDOM: ReadonlySet<Op> = new Set<Op>(['dropoutMask', 'uniform', 'normal'])

export const isElementwise = (op: Op): boolean => ELEMENTWISE.has(op)

export const isRandom = (op: Op): boolean => RANDOM.has(op)

/** Held by the device from the start, not computed by a run. */
export const isGiven = (op: Op): boolean => op === 'input' || op === 'parameter' || op === 'constant'
