import { convolutional, recurrent } from './bodies.ts'
import { sequenceModel, type SequenceModel } from './sequence-model.ts'
import type { SequenceSettings } from './settings.ts'

export type { FittedSequence } from './fitted.ts'
export type { SequenceModel } from './sequence-model.ts'
export { SEQUENCE } from './settings.ts'
export type { SequenceSettings } from './settings.ts'

/** Convolutions over each customer's weeks, under other settings. */
export const cnnWith = (name: string, title: string, changes: Partial<SequenceSettings> = {}): SequenceModel =>
  sequenceModel(name, title, convolutional, changes)

/** A recurrent network over each customer's weeks, under other settings. */
export const rnnWith = (name: string, title: string, changes: Partial<SequenceSettings> = {}): SequenceModel =>
  sequenceModel(name, title, recurrent, changes)

export const cnn = cnnWith('cnn', 'CNN over weeks')
export const rnn = rnnWith('rnn', 'RNN (GRU) over weeks')

export const sequenceModels = [cnn, rnn] as const
