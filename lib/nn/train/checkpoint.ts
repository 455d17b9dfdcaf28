import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import type { State } from '../../engine/index.ts'
import { FormatError } from '../../errors/index.ts'
import type { Weights } from '../network.ts'
import type { AverageState } from '../optimisers/averaging.ts'
import type { Best } from './best.ts'
import type { EpochRecord } from './options.ts'
import { pack, unpack } from './packed.ts'

/** All that a training needs to go on, bit for bit, after so many epochs. */
export interface Progress {
  readonly runner: State
  readonly history: readonly EpochRecord[]
  readonly best?: Best
  readonly average?: AverageState
}

const FORMAT = 'clvlab-checkpoint'
const VERSION = 1

/**
 * Writes a checkpoint whole or not at all: a temporary file beside it, synchronised, renamed. `training` tells trainings apart: a checkpoint of
 * another program, data or seed is not taken up.
 */
export async function writeCheckpoint(
  file: string,
  training: string,
  { runner, history, best, average }: Progress,
): Promise<void> {
  const arrays: Record<string, Float32Array> = {}
  const put = (part: string, weights: Weights): void =>
    Object.entries(weights).forEach(([name, values]) => (arrays[`${part}/${name}`] = values))
  put('now', runner.parameters)
  runner.slots.forEach((slot, i) => (arrays[`slot/${i}`] = slot))
  if (best !== undefined) put('best', best.weights)
  if (average !== undefined) put('average', average.weights)
  const { bytes, places } = pack(arrays)
  const body = Buffer.concat([
    Buffer.from(
      `${JSON.stringify({
        training,
        step: runner.step,
        history,
        places,
        ...(best === undefined ? {} : { best: { loss: best.loss, epoch: best.epoch } }),
        ...(average === undefined ? {} : { averaged: average.count }),
      })}\n`,
    ),
    bytes,
  ])
  const header = `${JSON.stringify({ format: FORMAT, version: VERSION, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') })}\n`
  const part = `${file}.part`
  const handle = await fs.open(part, 'w')
  try {
    await handle.writeFile(Buffer.concat([Buffer.from(header), body]))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await fs.rename(part, file)
}

interface Description {
  readonly training: string
  readonly step: number
  readonly history: readonly EpochRecord[]
  readonly places: Readonly<Record<string, number>>
  readonly best?: { readonly loss: number; readonly epoch: number }
  readonly averaged?: number
}

/**
 * The progress kept in a file, undefined where there is none. Errors: `FormatError` with the code `foreign` (no checkpoint, or of another
 * training when `training` is given), `newer-version`, `truncated` or `damaged`.
 */
export async function readCheckpoint(file: string, training?: string): Promise<Progress | undefined> {
  const bytes = await fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (bytes === undefined) return undefined
  const refuse = (code: string, what: string): FormatError =>
    new FormatError({
      code,
      what,
      where: file,
      remedy: 'remove the file to train from the start, or give the training another file',
    })
  const end = bytes.indexOf(10)
  const header = parsed(bytes.subarray(0, Math.max(0, end)))
  if (header?.['format'] !== FORMAT) throw refuse('foreign', 'this is no checkpoint of clvlab')
  if (header['version'] !== VERSION)
    throw refuse('newer-version', `the checkpoint has version ${String(header['version'])}, not ${VERSION}`)
  const body = bytes.subarray(end + 1)
  if (body.length < Number(header['bytes']))
    throw refuse('truncated', `the checkpoint ends after ${body.length} of ${String(header['bytes'])} bytes`)
  if (createHash('sha256').update(body).digest('hex') !== header['sha256'])
    throw refuse('damaged', 'the checkpoint is damaged: its checksum does not fit')
  const line = body.indexOf(10)
  const description = parsed(body.subarray(0, line)) as unknown as Description
  if (training !== undefined && description.training !== training)
    throw refuse('foreign', 'the checkpoint is of another network, optimiser, data or seed')
  const arrays = unpack(body.subarray(line + 1), description.places)
  const part = (name: string): Weights =>
    Object.fromEntries(
      Object.entries(arrays).flatMap(([key, values]) =>
        key.startsWith(`${name}/`) ? [[key.slice(name.length + 1), values]] : [],
      ),
    )
  const { step, history, best, averaged } = description
  return {
    runner: { parameters: part('now'), slots: Object.values(part('slot')), step },
    history,
    ...(best === undefined ? {} : { best: { ...best, weights: part('best') } }),
    ...(averaged === undefined ? {} : { average: { count: averaged, weights: part('average') } }),
  }
}

function parsed(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line.toString('utf8')) as Record<string, unknown>
  } catch {
    return undefined
  }
}

/** Where a training stands, for the error of a device that fails: its last checkpoint, else what was kept in memory of it. */
export function whereItStands(file: string | undefined, latest: Progress | undefined): string {
  if (file !== undefined) return existsSync(file) ? `the last checkpoint, ${file}` : 'the start, for there is no checkpoint yet'
  return latest === undefined ? '' : `epoch ${latest.history.length}, which was kept in memory`
}
