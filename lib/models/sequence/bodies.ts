import {
  conv1d,
  dense,
  dropout,
  globalMeanPool,
  gru,
  maxPool1d,
  network,
  zeroInflatedLognormal,
  type Layer,
  type Network,
} from '../../nn/index.ts'
import type { SequenceSettings } from './settings.ts'
import type { WeekLayout } from './weeks.ts'

/** Layers between the weeks and the three outputs. */
export type Body = (weeks: number, settings: SequenceSettings) => readonly Layer[]

/** Two convolutions over time, each looking back alone, the weeks halved between them, and their mean. */
export const convolutional: Body = (weeks, { units, dropout: rate }) => [
  conv1d(units, { kernel: Math.min(4, weeks), padding: 'causal', activation: 'relu' }),
  ...(weeks >= 2 ? [maxPool1d(2)] : []),
  conv1d(2 * units, { kernel: Math.min(3, Math.max(1, Math.floor(weeks / 2))), padding: 'causal', activation: 'relu' }),
  globalMeanPool,
  dense(2 * units, { activation: 'relu' }),
  dropout(rate),
]

/** A GRU that reads the weeks from the oldest to the last; what it remembers then. */
export const recurrent: Body = (_, { units, dropout: rate }) => [gru(units), dropout(rate)]

/** Ends in the logit of any spend, and μ and the raw σ of its logarithm. */
export function sequenceNetwork(body: Body, settings: SequenceSettings, { weeks, channels }: WeekLayout): Network {
  return network({
    columns: channels.length,
    time: weeks,
    layers: [...body(weeks, settings), dense(3)],
    loss: zeroInflatedLognormal,
  })
}
