import type { Step } from '../../engine/index.ts'
import { FormatError } from '../../errors/index.ts'
import type { Network } from '../../nn/index.ts'
import type { SavedModel } from '../model.ts'
import { requireState, requireVersion, snapshot } from '../saved-state.ts'
import type { SequenceState } from './state.ts'
import type { WeekLayout } from './weeks.ts'
import type { SequenceSettings } from './settings.ts'

const VERSION = 1

export function saveSequence({ name, weights, ...rest }: SequenceState): SavedModel {
  return snapshot({ model: name, version: VERSION, state: { ...rest }, arrays: weights })
}

/** What was saved. Errors: `FormatError` for another model or version, a state that is none, or weights that do not fit the network. */
export function readSequence(
  saved: SavedModel,
  name: string,
  networkOf: (settings: SequenceSettings, layout: WeekLayout) => Network,
): SequenceState {
  requireVersion(saved, name, VERSION)
  const state = saved.state as unknown as Omit<SequenceState, 'name' | 'weights'>
  requireState(
    Number.isInteger(state.layout?.weeks) && Array.isArray(state.layout?.channels),
    saved,
    'layout',
    'the weeks that it reads',
  )
  requireState(typeof state.settings?.units === 'number', saved, 'settings', 'its settings')
  requireState(Array.isArray(state.history), saved, 'history', 'how it was trained')
  for (const part of ['trained', 'unit', 'ceiling'] as const)
    requireState(Number.isFinite(state[part]), saved, part, 'a finite number')
  const program = networkOf(state.settings, state.layout).prediction(1)
  const weights = Object.fromEntries(
    program.parameters.map(({ name: part, step }) => {
      const values = saved.arrays?.[part]
      const [rows, columns] = (program.steps[step] as Step).shape as readonly [number, number]
      if (values instanceof Float32Array && values.length === rows * columns) return [part, values]
      throw new FormatError({
        code: 'damaged-model',
        what: `the saved "${name}" lacks its ${rows} x ${columns} weights`,
        where: part,
        remedy: 'fit and save the model again',
      })
    }),
  )
  return { ...state, name, weights }
}
