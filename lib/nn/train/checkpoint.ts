import fs from 'node:fs'
import type { Pass, State } from '../../engine/index.ts'
import { FormatError } from '../../errors/index.ts'
import type { Weights } from '../network.ts'
import type { AverageState } from '../optimisers/averaging.ts'
import type { Best } from './best.ts'
import type { EpochRecord } from './options.ts'
import { readSealed, writeSealed, type Kind } from './sealed.ts'

/** All that a training needs to go on, bit for bit, after so many epochs, or inside one. */
export interface Progress {
  readonly runner: State
  /** Of whole epochs. */
  readonly history: readonly EpochRecord[]
  /** How far the next epoch is, where it has been begun. */
  readonly pass?: Pass
  readonly best?: Best
  readonly average?: AverageState
}

const KIND: Kind = {
  format: 'clvlab-checkpoint',
  version: 2,
  oldest: 1,
  title: 'checkpoint',
  remedy: 'remove the file to train from the start, or give the training another file',
}

/**
 * Writes a checkpoint whole or not at all: a temporary file beside it, synchronised, renamed. `training` tells trainings apart: a checkpoint of
 * another program, data or seed is not taken up.
 */
export async function writeCheckpoint(
  file: string,
  training: string,
  { runner, history, pass, best, average }: Progress,
): Promise<void> {
  const arrays: Record<string, Float32Array> = {}
  const put = (part: string, weights: Weights): void =>
    Object.entries(weights).forEach(([name, values]) => (arrays[`${part}/${name}`] = values))
  put('now', runner.parameters)
  runner.slots.forEach((slot, i) => (arrays[`slot/${i}`] = slot))
  if (best !== undefined) put('best', best.weights)
  if (average !== undefined) put('average', average.weights)
  const description = {
    training,
    step: runner.step,
    history,
    ...(pass === undefined ? {} : { pass }),
    ...(best === undefined ? {} : { best: { loss: best.loss, epoch: best.epoch } }),
    ...(average === undefined ? {} : { averaged: average.count }),
  }
  await writeSealed(file, KIND, { description, arrays })
}

interface Description {
  readonly training: string
  readonly step: number
  readonly history: readonly EpochRecord[]
  readonly pass?: Pass
  readonly best?: { readonly loss: number; readonly epoch: number }
  readonly averaged?: number
}

/**
 * The progress kept in a file, undefined where there is none. Errors: `FormatError` with the code `foreign` (no checkpoint, or of another
 * training when `training` is given), `newer-version`, `truncated` or `damaged`.
 */
export async function readCheckpoint(file: string, training?: string): Promise<Progress | undefined> {
  const found = await readSealed(file, KIND)
  if (found === undefined) return undefined
  const { step, history, pass, best, averaged, ...own } = found.description as unknown as Description
  if (training !== undefined && own.training !== training)
    throw new FormatError({
      code: 'foreign',
      what: 'the checkpoint is of another network, optimiser, data or seed',
      where: file,
      remedy: KIND.remedy,
    })
  const part = (name: string): Weights =>
    Object.fromEntries(
      Object.entries(found.arrays).flatMap(([key, values]) =>
        key.startsWith(`${name}/`) ? [[key.slice(name.length + 1), values]] : [],
      ),
    )
  return {
    runner: { parameters: part('now'), slots: Object.values(part('slot')), step },
    history,
    ...(pass === undefined ? {} : { pass }),
    ...(best === undefined ? {} : { best: { ...best, weights: part('best') } }),
    ...(averaged === undefined ? {} : { average: { count: averaged, weights: part('average') } }),
  }
}

/** Where a training stands, for the error of a device that fails: its last checkpoint, else what was kept in memory of it. */
export function whereItStands(file: string | undefined, latest: Progress | undefined): string {
  if (file !== undefined)
    return fs.existsSync(file) ? `the last checkpoint, ${file}` : 'the start, for there is no checkpoint yet'
  return latest === undefined ? '' : `epoch ${latest.history.length}, which was kept in memory`
}
