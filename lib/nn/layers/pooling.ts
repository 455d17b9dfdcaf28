import { add, maximum, mean, multiply, reshape, slice, type Node } from '../../engine/index.ts'
import { EngineError } from '../../errors/index.ts'
import type { Layer } from '../layer.ts'
import { bareKeras } from '../portable/keras-layer.ts'
import { requireWhole } from './require-numbers.ts'
import { joined, sequenceOf, stepOf } from './time.ts'

/** The largest of each `size` steps in turn; steps that are left over at the end are not seen. */
export const maxPool1d = (size: number): Layer => pool('max-pool', 'MaxPooling1D', size, parts => joined(parts, maximum))

/** The mean of each `size` steps in turn; steps that are left over at the end are not seen. */
export const meanPool1d = (size: number): Layer =>
  pool('mean-pool', 'AveragePooling1D', size, parts => multiply(joined(parts, add), 1 / size))

/** The largest over all of time, (batch, columns). */
export const globalMaxPool: Layer = {
  kind: 'global-max-pool',
  keras: bareKeras('GlobalMaxPooling1D'),
  build: x =>
    joined(
      Array.from({ length: sequenceOf(x, 'global-max-pool').time }, (_, t) => stepOf(x, t)),
      maximum,
    ),
}

/** The mean over all of time, (batch, columns). */
export const globalMeanPool: Layer = {
  kind: 'global-mean-pool',
  keras: bareKeras('GlobalAveragePooling1D'),
  build: x => reshape(mean(x, 1), [x.shape[0], sequenceOf(x, 'global-mean-pool').columns]),
}

/** Time and columns as one axis: (batch, time · columns). */
export const flatten: Layer = {
  kind: 'flatten',
  keras: bareKeras('Flatten'),
  build: x => {
    const { time, columns } = sequenceOf(x, 'flatten')
    return reshape(x, [x.shape[0], time * columns])
  },
}

function pool(kind: string, className: string, size: number, joinSteps: (parts: readonly Node[]) => Node): Layer {
  requireWhole(kind, { size })
  return {
    kind,
    keras: bareKeras(className, { pool_size: [size], strides: [size], padding: 'valid' }),
    build: x => {
      const { time, columns } = sequenceOf(x, kind)
      const steps = Math.floor(time / size)
      if (steps < 1)
        throw new EngineError({
          code: 'bad-pool',
          what: `a pool of ${size} steps over ${time} steps of time`,
          remedy: 'give a whole number from 1 up to the steps there are',
        })
      const whole = reshape(slice(x, 1, 0, steps * size), [x.shape[0], steps, size * columns])
      return joinSteps(Array.from({ length: size }, (_, i) => slice(whole, 2, i * columns, (i + 1) * columns)))
    },
  }
}
